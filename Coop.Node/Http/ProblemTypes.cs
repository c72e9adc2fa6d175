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

    // Who asks.
    public static readonly ProblemType NotSignedIn = new("not-signed-in", 401, "Sign in first.");
    public static readonly ProblemType Forbidden = new("forbidden", 403, "Your roles do not allow this.");
    public static readonly ProblemType CrossOrigin = new("cross-origin", 403, "The request comes from another web site.");

    // Governance.
    public static readonly ProblemType ProposalNotDraft = new("proposal-not-draft", 409, "The proposal is no longer a draft.");
    public static readonly ProblemType ProposalNotOpen = new("proposal-not-open", 409, "The proposal is not open for votes.");
    public static readonly ProblemType ProposalClosed = new("proposal-closed", 409, "The proposal's closing time has come.");

    // The node's own trouble.
    public static readonly ProblemType Busy = new("busy", 503, "The node is busy; nothing was changed. Try again.");
    public static readonly ProblemType Internal = new("internal", 500, "The node failed; the trace id finds the reason in its log.");
}
