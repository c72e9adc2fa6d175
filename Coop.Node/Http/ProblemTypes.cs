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
    public static readonly ProblemType CeremonyInvalid = new("ceremony-invalid", 409, "The ceremony is expired, used or was not started here.");
    public static readonly ProblemType PasskeyRefused = new("passkey-refused", 422, "The passkey's answer was not accepted.");
    public static readonly ProblemType LastAdministrator = new("last-administrator", 409, "A co-op is never left without an administrator.");
    public static readonly ProblemType DidLinked = new("did-linked", 409, "This DID stands for a member already.");
    public static readonly ProblemType TooManyDids = new("too-many-dids", 409, "A member has at most ten DIDs.");
    public static readonly ProblemType ProofRefused = new("proof-refused", 422, "The proof of possession was not accepted.");
    public static readonly ProblemType RequestRefused = new("request-refused", 422, "The request for a presentation was not accepted.");
    public static readonly ProblemType DidUnresolved = new("did-unresolved", 422, "The DID's document could not be had.");
    public static readonly ProblemType InvitationClosed = new("invitation-closed", 409, "The invitation is no longer open.");

    // Idempotency.
    public static readonly ProblemType IdempotencyKeyMissing = new("idempotency-key-missing", 400, "This request needs an X-Idempotency-Key.");
    public static readonly ProblemType IdempotencyKeyInvalid = new("idempotency-key-invalid", 400, "The X-Idempotency-Key is not 1 to 200 visible ASCII characters.");
    public static readonly ProblemType IdempotencyKeyReused = new("idempotency-key-reused", 409, "The X-Idempotency-Key belongs to another request.");

    // The ledger; specs/ledger.md has the order in which a journal's faults are named.
    public static readonly ProblemType UnitExists = new("unit-exists", 409, "There is a unit with this code.");
    public static readonly ProblemType UnknownUnit = new("unknown-unit", 422, "There is no unit with this code.");
    public static readonly ProblemType UnknownOwner = new("unknown-owner", 422, "The owner is not a member.");
    public static readonly ProblemType AccountCodeExists = new("account-code-exists", 409, "There is an account with this code.");
    public static readonly ProblemType LinkOpen = new("link-open", 422, "The last item of a batch is linked with nothing.");
    public static readonly ProblemType AlreadyReversed = new("already-reversed", 409, "A journal is reversed once.");
    public static readonly ProblemType TooFewPostings = new("too-few-postings", 422, "A journal has at least two postings.");
    public static readonly ProblemType TooManyPostings = new("too-many-postings", 422, "A journal has at most a thousand postings.");
    public static readonly ProblemType ZeroAmount = new("zero-amount", 422, "A posting moves something.");
    public static readonly ProblemType UnknownAccount = new("unknown-account", 422, "A posting names no account of these books.");
    public static readonly ProblemType NotAPayment = new("not-a-payment", 403, "You may pay from accounts of your own to members' accounts, and nothing else.");
    public static readonly ProblemType PlaceholderAccount = new("placeholder-account", 422, "Nothing is posted on a heading of the chart of accounts.");
    public static readonly ProblemType AccountClosed = new("account-closed", 409, "The account is closed.");
    public static readonly ProblemType AccountInUse = new("account-in-use", 409, "The account is in use.");
    public static readonly ProblemType UnknownParent = new("unknown-parent", 422, "There is no such account to stand below.");
    public static readonly ProblemType ParentType = new("parent-type", 422, "An account stands below one of its own type.");
    public static readonly ProblemType AccountCycle = new("account-cycle", 422, "No account stands above itself.");
    public static readonly ProblemType AccountTooDeep = new("account-too-deep", 422, "The chart of accounts would be too deep.");
    public static readonly ProblemType PendingOver = new("pending-over", 409, "The pending journal has ended.");
    public static readonly ProblemType AmountOverflow = new("amount-overflow", 422, "The amounts of a unit add up to more than 64 bits hold.");
    public static readonly ProblemType JournalUnbalanced = new("journal-unbalanced", 422, "The postings of a unit do not sum to zero.");
    public static readonly ProblemType PeriodClosed = new("period-closed", 409, "The books are closed for that day.");
    public static readonly ProblemType BalanceOverflow = new("balance-overflow", 422, "A balance would be more than 64 bits hold.");
    public static readonly ProblemType BelowFloor = new("below-floor", 409, "A balance would sink below the floor of its account.");

    public static readonly ProblemType PeriodUnchanged = new("period-unchanged", 409, "That would not change which days are closed.");
    public static readonly ProblemType TwoRolesNeeded = new("two-roles-needed", 403, "Closed books are opened by two people, one an administrator and one a treasurer.");
    public static readonly ProblemType ReopeningDone = new("reopening-done", 409, "The books were opened on this request already.");
    public static readonly ProblemType AboveCeiling = new("above-ceiling", 409, "A balance would rise above the ceiling of its account.");
    public static readonly ProblemType LinkedFailed = new("linked-failed", 409, "A journal that this one is linked with was refused.");

    // Patronage and surplus.
    public static readonly ProblemType UnknownMember = new("unknown-member", 422, "There is no such member.");
    public static readonly ProblemType PatronageKeyReused = new("patronage-key-reused", 409, "A record of this key says something else.");
    public static readonly ProblemType SurplusDistributed = new("surplus-distributed", 409, "The surplus of this period is distributed.");
    public static readonly ProblemType SurplusChanged = new("surplus-changed", 409, "What the surplus is divided by has changed since it was shown.");
    public static readonly ProblemType SurplusAccountMissing = new("surplus-account-missing", 409, "A member has no account to be paid into.");

    // Bank statements and opening balances: specs/banking.md, specs/ledger.md.
    public static readonly ProblemType BankFileUnreadable = new("bank-file-unreadable", 422, "This is no bank statement that can be read.");
    public static readonly ProblemType StatementElsewhere = new("statement-elsewhere", 409, "The statement is of another account.");
    public static readonly ProblemType BankLineSettled = new("bank-line-settled", 409, "The line, or the posting, is matched already, or the line is not.");
    public static readonly ProblemType BankLineMismatch = new("bank-line-mismatch", 422, "The posting is not what the line says.");
    public static readonly ProblemType JournalUnreadable = new("journal-unreadable", 422, "This is no journal that can be brought in.");
    public static readonly ProblemType OpeningDone = new("opening-done", 409, "These balances are in the books already.");
    // Share capital; specs/shares.md.
    public static readonly ProblemType UnknownShareClass = new("unknown-share-class", 422, "There is no such class of shares.");
    public static readonly ProblemType ShareRequestOver = new("share-request-over", 409, "The request was answered or taken back.");
    public static readonly ProblemType TooManyShareRequests = new("too-many-share-requests", 409, "The member asks for shares too often.");
    public static readonly ProblemType ShareNoticeOver = new("share-notice-over", 409, "The notice has ended.");
    public static readonly ProblemType ShareNoticeNotDue = new("share-notice-not-due", 409, "The shares may not be redeemed yet.");
    public static readonly ProblemType NotEnoughShares = new("not-enough-shares", 409, "The member does not hold as many shares without notice.");
    public static readonly ProblemType TooManyShares = new("too-many-shares", 422, "The shares would come to more than 64 bits hold.");
    public static readonly ProblemType SharesOverpaid = new("shares-overpaid", 409, "More would be paid in than the shares cost.");

    // The log.
    public static readonly ProblemType NotYetInLog = new("not-yet-in-log", 409, "The event is committed and not yet in the log; try again in a second.");

    // Credentials.
    public static readonly ProblemType NotAttested = new("not-attested", 409, "The co-op's records do not say this of the member.");
    public static readonly ProblemType NoDid = new("no-did", 409, "The member has linked no DID to which this could be issued.");
    public static readonly ProblemType TooManyCredentials = new("too-many-credentials", 409, "The member has as many credentials as one may have.");
    public static readonly ProblemType CredentialState = new("credential-state", 409, "The credential is no longer in a state that allows this.");
    public static readonly ProblemType FormatUnavailable = new("format-unavailable", 409, "The credential cannot be had in this encoding.");
    public static readonly ProblemType IssuerKnown = new("issuer-known", 409, "This issuer is trusted already.");
    public static readonly ProblemType PresentationOver = new("presentation-over", 410, "The request for a credential is over, or was begun by another browser.");

    // Requests of other nodes: specs/peering.md.
    public static readonly ProblemType SignatureMissing = new("signature-missing", 401, "The request is not signed.");
    public static readonly ProblemType SignatureMalformed = new("signature-malformed", 400, "The signature's headers are not in the form that they must have.");
    public static readonly ProblemType SignatureComponents = new("signature-components", 400, "The signature does not cover what it must.");
    public static readonly ProblemType DestinationWrong = new("destination-wrong", 421, "The request is for another node.");
    public static readonly ProblemType SignatureStale = new("signature-stale", 401, "The request was signed too long ago.");
    public static readonly ProblemType SignatureFuture = new("signature-future", 401, "The request was signed later than now.");
    public static readonly ProblemType SignatureLifetime = new("signature-lifetime", 400, "The signature is good for too long, or for no time.");
    public static readonly ProblemType SignatureReplayed = new("signature-replayed", 401, "The request was taken already.");
    public static readonly ProblemType SignatureKeyUnknown = new("signature-key-unknown", 401, "The DID has no such key.");
    public static readonly ProblemType SignatureWrong = new("signature-wrong", 401, "The signature does not hold.");
    public static readonly ProblemType DigestMismatch = new("digest-mismatch", 400, "The body is not the one that was signed.");
    public static readonly ProblemType BodyTooSlow = new("body-too-slow", 408, "The body did not arrive in time.");
    public static readonly ProblemType PeerUnknown = new("peer-unknown", 403, "There is no peering with this node.");
    public static readonly ProblemType PeeringNotActive = new("peering-not-active", 403, "The peering is not active.");
    public static readonly ProblemType PeeringScopeMissing = new("peering-scope", 403, "The terms do not grant this.");

    // Peering.
    public static readonly ProblemType PeerUnreachable = new("peer-unreachable", 502, "The other co-op's node could not be reached, or is none.");
    public static readonly ProblemType PeerRefused = new("peer-refused", 422, "What the other co-op's node says of itself does not fit together.");
    public static readonly ProblemType PeerBlocked = new("peer-blocked", 403, "This co-op takes no proposals from that one.");
    public static readonly ProblemType PeeringExists = new("peering-exists", 409, "There is a peering with this co-op already.");
    public static readonly ProblemType PeeringState = new("peering-state", 409, "The peering is not in a state that allows this.");
    public static readonly ProblemType PeeringTermsChanged = new("peering-terms", 409, "These terms are not the ones on the table.");
    public static readonly ProblemType TermsInvalid = new("terms-invalid", 422, "The terms cannot be signed as they are.");
    public static readonly ProblemType TooManyProposals = new("too-many-proposals", 429, "This co-op has more proposals than it can look at.");
    public static readonly ProblemType TooManySteps = new("too-many-steps", 409, "This peering has as many steps as one may have; end it and begin another.");
    public static readonly ProblemType StepChanged = new("step-changed", 409, "Another step of this number was taken before.");
    public static readonly ProblemType StepOutOfOrder = new("step-out-of-order", 409, "A step before this one is missing here.");

    // Other logs.
    public static readonly ProblemType EvidenceRefused = new("evidence-refused", 422, "This does not prove that a log known here signed two histories.");

    // Claims between co-ops, the commons, erasure.
    public static readonly ProblemType NoPeering = new("no-peering", 409, "There is no active peering with that co-op that allows this.");
    public static readonly ProblemType NoConsent = new("no-consent", 409, "The member has not consented to that co-op being told this.");
    public static readonly ProblemType ClaimExists = new("claim-exists", 409, "That co-op was told this already.");
    public static readonly ProblemType ClaimState = new("claim-state", 409, "The claim is no longer in a state that allows this.");
    public static readonly ProblemType ClaimOver = new("claim-over", 410, "The claim was withdrawn, or its time is over.");
    public static readonly ProblemType ClaimUnverified = new("claim-unverified", 503, "The claim could not be verified now; try again later.");
    public static readonly ProblemType StatementRefused = new("statement-refused", 422, "The statement of the peer was not accepted.");
    public static readonly ProblemType NotShareable = new("not-shareable", 409, "This event cannot be shared.");
    public static readonly ProblemType NotErasable = new("not-erasable", 409, "The content of this event may not be erased now.");
    public static readonly ProblemType PayloadErased = new("payload-erased", 410, "The content of this event was erased.");
    public static readonly ProblemType PeerFailed = new("peer-failed", 502, "The other co-op did not answer as it should.");

    // Trade between co-ops: specs/trade.md.
    public static readonly ProblemType TradeRecovering = new("trade-recovering", 503, "The two nodes have not yet told each other what they hold; try again in a moment.");
    public static readonly ProblemType TradeFrozen = new("trade-frozen", 409, "Trade with that co-op is frozen until people have looked at the evidence.");
    public static readonly ProblemType TradeLimit = new("trade-limit", 409, "One co-op would owe the other more than their terms allow.");
    public static readonly ProblemType TradeBusy = new("trade-busy", 429, "As many transfers to that co-op are under way as there may be.");
    public static readonly ProblemType TransferDecided = new("transfer-decided", 409, "The transfer is decided already.");
    public static readonly ProblemType TradeGap = new("trade-gap", 409, "A message before this one is missing here.");
    public static readonly ProblemType TradeFork = new("trade-fork", 409, "Another message stands at this position already; both are kept.");
    public static readonly ProblemType TradeRefused = new("trade-refused", 422, "The message of the peer was not accepted.");

    // The node's own trouble.
    public static readonly ProblemType Busy = new("busy", 503, "The node is busy; nothing was changed. Try again.");
    public static readonly ProblemType OutcomeUnknown = new("outcome-unknown", 503, "The node lost its database at the last step; look whether the change was made before you try again.");
    public static readonly ProblemType LogUnsound = new("log-unsound", 503, "The stored log is damaged, and nothing is signed until people have looked.");
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
