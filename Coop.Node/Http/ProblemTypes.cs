namespace Coop.Node.Http;

/// <summary>Every problem type that the node answers; a test compares this list with specs/problems.md.</summary>
public static class ProblemTypes
{
    // The request itself.
    public static readonly ProblemType MalformedJson = new("malformed-json", 400, "The body is not the JSON that this endpoint reads.");
    public static readonly ProblemType InvalidField = new("invalid-field", 422, "A field is outside its range.");
    public static readonly ProblemType BodyTooLarge = new("body-too-large", 413, "The body is larger than this endpoint reads.");
    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "This endpoint reads application/json.");
    public static readonly ProblemType NotFound = new("not-found", 404, "There is nothing here that you may see.");
    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "This address does not take that method.");
    public static readonly ProblemType BadRequest = new("bad-request", 400, "The request could not be read.");
    public static readonly ProblemType TooManyRequests = new("too-many-requests", 429, "Too many requests; wait as long as Retry-After says.");

    // Who asks.
    public static readonly ProblemType NotSignedIn = new("not-signed-in", 401, "Sign in first.");
    public static readonly ProblemType InvalidToken = new("invalid-token", 401, "The bearer token is expired, forged or not for this node.");
    public static readonly ProblemType Forbidden = new("forbidden", 403, "Your roles do not allow this.");
    public static readonly ProblemType CrossOrigin = new("cross-origin", 403, "The request comes from another web site.");

    // Governance.
    public static readonly ProblemType ProposalNotDraft = new("proposal-not-draft", 409, "The proposal is no longer a draft.");
    public static readonly ProblemType ProposalNotOpen = new("proposal-not-open", 409, "The proposal is not open for votes.");
    public static readonly ProblemType ProposalClosed = new("proposal-closed", 409, "The proposal's closing time has come.");

    // Members and passkeys.
    public static readonly ProblemType InvitationInvalid = new("invitation-invalid", 410, "This invitation is used, revoked, expired or was never given out.");
    public static readonly ProblemType CeremonyInvalid = new("ceremony-invalid", 409, "The passkey ceremony is expired, used or was not started here.");
    public static readonly ProblemType PasskeyRefused = new("passkey-refused", 422, "The passkey's answer was not accepted.");
    public static readonly ProblemType LastAdministrator = new("last-administrator", 409, "A co-op is never left without an administrator.");
    public static readonly ProblemType InvitationClosed = new("invitation-closed", 409, "The invitation is no longer open.");

    // The node's own trouble.
    public static readonly ProblemType Busy = new("busy", 503, "The node is busy; nothing was changed. Try again.");
    public static readonly ProblemType OutcomeUnknown = new("outcome-unknown", 503, "The node lost its database at the last step; look whether the change was made before you try again.");
    public static readonly ProblemType Internal = new("internal", 500, "The node failed; the trace id finds the reason in its log.");

    private static readonly object ItemKey = new();

    /// <summary>Every type that stands in this class.</summary>
    public static IReadOnlyList<ProblemType> All => field ??=
    [
        .. typeof(ProblemTypes).GetFields()
            .Where(f => f.IsStatic && f.FieldType == typeof(ProblemType))
            .Select(f => (ProblemType)f.GetValue(null)!),
    ];

    /// <summary>Lets whoever sets only a status say which type it stands for.</summary>
    public static void Set(HttpContext context, ProblemType type)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Items[ItemKey] = type;
    }

    /// <summary>The type that <see cref="Set"/> gave to this request.</summary>
    public static ProblemType? Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items[ItemKey] as ProblemType;
    }

    /// <summary>The type of a refusal by routing, authentication or the server, which set a status alone.</summary>
    public static ProblemType OfStatus(int status) => status switch
    {
        401 => NotSignedIn,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        413 => BodyTooLarge,
        415 => UnsupportedMediaType,
        429 => TooManyRequests,
        503 => Busy,
        >= 500 => Internal,
        _ => BadRequest,
    };
}
