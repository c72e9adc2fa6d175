namespace Coop.Node.Log;

/// <summary>Every event type that the node writes; specs/ lists their payloads.</summary>
public static class EventTypes
{
    // Members: specs/members.md.
    public const string MemberJoined = "member.joined";
    public const string MemberRolesChanged = "member.roles-changed";
    public const string InvitationIssued = "invitation.issued";
    public const string InvitationRevoked = "invitation.revoked";

    // Identity: specs/wallet.md.
    public const string NodeDidUpdated = "node.did-updated";
    public const string MemberDidLinked = "member.did-linked";
    public const string MemberDidUnlinked = "member.did-unlinked";
    public const string CredentialPresented = "credential.presented";

    // Governance: specs/governance.md.
    public const string ProposalDrafted = "proposal.drafted";
    public const string ProposalEdited = "proposal.edited";
    public const string ProposalOpened = "proposal.opened";
    public const string ProposalWithdrawn = "proposal.withdrawn";
    public const string ProposalClosed = "proposal.closed";
    public const string VoteCast = "vote.cast";
    public const string AnnouncementPublished = "announcement.published";
    public const string AnnouncementRead = "announcement.read";

    // The ledger: specs/ledger.md.
    public const string UnitCreated = "unit.created";
    public const string AccountOpened = "account.opened";
    public const string JournalPosted = "journal.posted";
    public const string AccountChanged = "account.changed";
    public const string AccountClosed = "account.closed";
    public const string JournalReserved = "journal.reserved";
    public const string JournalReservationEnded = "journal.reservation-ended";
    public const string BooksClosed = "books.closed";
    public const string BooksReopened = "books.reopened";
    public const string ReopeningRequested = "reopening.requested";

    // Patronage and surplus: specs/patronage.md.
    public const string PatronageRecorded = "patronage.recorded";
    public const string SurplusDistributed = "surplus.distributed";

    // Bank statements: specs/banking.md.
    public const string StatementImported = "statement.imported";
    public const string StatementLineMatched = "statement.line-matched";
    public const string StatementLineUnmatched = "statement.line-unmatched";
    public const string StatementRuleKept = "statement.rule-kept";
    public const string StatementRuleDropped = "statement.rule-dropped";
    // Share capital: specs/shares.md.
    public const string ShareClassCreated = "share-class.created";
    public const string SharesSubscribed = "shares.subscribed";
    public const string SharesPaidIn = "shares.paid-in";
    public const string SharesTransferred = "shares.transferred";
    public const string ShareRequestMade = "share-request.made";
    public const string ShareRequestEnded = "share-request.ended";
    public const string ShareNoticeGiven = "share-notice.given";
    public const string ShareNoticeEnded = "share-notice.ended";

    // Credentials, and guests who bring those of others: specs/exchange.md.
    public const string CredentialOffered = "credential.offered";
    public const string CredentialIssued = "credential.issued";
    public const string CredentialRevoked = "credential.revoked";
    public const string CredentialSuspended = "credential.suspended";
    public const string CredentialReinstated = "credential.reinstated";
    public const string IssuerTrusted = "issuer.trusted";
    public const string IssuerDistrusted = "issuer.distrusted";
    public const string GuestAdmitted = "guest.admitted";

    // Peering: specs/peering.md.
    public const string PeeringProposed = "peering.proposed";
    public const string PeeringAccepted = "peering.accepted";
    public const string PeeringActivated = "peering.activated";
    public const string PeeringRenegotiated = "peering.renegotiated";
    public const string PeeringDeclined = "peering.declined";
    public const string PeeringSuspended = "peering.suspended";
    public const string PeeringResumed = "peering.resumed";
    public const string PeeringFrozen = "peering.frozen";
    public const string PeeringEnded = "peering.ended";
    public const string PeeringContradicted = "peering.contradicted";
    public const string PeerBlocked = "peer.blocked";
    public const string PeerUnblocked = "peer.unblocked";

    // Other logs: specs/replication.md, specs/evidence.md.
    public const string CheckpointSeen = Coop.Federation.Replication.CheckpointSeen.EventType;
    public const string EquivocationFound = "equivocation.found";

    // Claims between co-ops: specs/claims.md.
    public const string ConsentGiven = "consent.given";
    public const string ConsentWithdrawn = "consent.withdrawn";
    public const string ClaimSent = "claim.sent";
    public const string ClaimReceived = "claim.received";
    public const string ClaimWithdrawn = "claim.withdrawn";

    // What is shared with peers, and what is erased: specs/commons.md, specs/erasure.md.
    public const string DatasetPublished = "dataset.published";
    public const string DatasetShared = "dataset.shared";
    public const string DatasetWithdrawn = "dataset.withdrawn";
    public const string PayloadErased = "payload.erased";
    public const string PayloadCopyDeleted = "payload.copy-deleted";
    public const string PayloadErasureConfirmed = "payload.erasure-confirmed";

    // Trade between co-ops: specs/trade.md.
    public const string TradeSent = "trade.sent";
    public const string TradeReceived = "trade.received";
    public const string TradeFrozen = "trade.frozen";
    public const string TradeThawed = "trade.thawed";
    public const string TradeNetting = "trade.netting";
    public const string TradeAccused = "trade.accused";
}
