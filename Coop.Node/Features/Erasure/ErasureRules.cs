using Coop.Federation.Log;
using Coop.Node.Log;

namespace Coop.Node.Features.Erasure;

/// <summary>Whether the content of an event may be erased at all, by its type.</summary>
public enum Erasability
{
    /// <summary>By its actor, where it is private, else by an administrator with a reason.</summary>
    Free,

    /// <summary>As free, once the proposal that it belongs to is not open any more.</summary>
    AfterDecision,

    /// <summary>Never: the law or the books need it, or it is evidence between co-ops and names nobody.</summary>
    Never,
}

/// <summary>Which events' contents may be erased. Specified in specs/erasure.md. Pure.</summary>
public static class ErasureRules
{
    private static readonly HashSet<string> Free = new(StringComparer.Ordinal)
    {
        EventTypes.MemberJoined,
        EventTypes.MemberRolesChanged,
        EventTypes.InvitationIssued,
        EventTypes.InvitationRevoked,
        EventTypes.MemberDidLinked,
        EventTypes.MemberDidUnlinked,
        EventTypes.CredentialPresented,
        EventTypes.CredentialOffered,
        EventTypes.CredentialIssued,
        EventTypes.CredentialRevoked,
        EventTypes.CredentialSuspended,
        EventTypes.CredentialReinstated,
        EventTypes.GuestAdmitted,
        EventTypes.AnnouncementPublished,
        EventTypes.AnnouncementRead,
        EventTypes.ConsentGiven,
        EventTypes.ConsentWithdrawn,
        EventTypes.DatasetPublished,
    };

    private static readonly HashSet<string> Decisions = new(StringComparer.Ordinal)
    {
        EventTypes.ProposalDrafted,
        EventTypes.ProposalEdited,
        EventTypes.ProposalOpened,
        EventTypes.ProposalWithdrawn,
        EventTypes.ProposalClosed,
        EventTypes.VoteCast,
    };

    /// <summary>A type that nobody has thought of is kept.</summary>
    public static Erasability Of(string type) =>
        Free.Contains(type) ? Erasability.Free : Decisions.Contains(type) ? Erasability.AfterDecision : Erasability.Never;

    /// <summary>
    /// Whether somebody may: what is private is its actor's, and everything else an administrator's. On a legal request
    /// of whom it is about, an administrator erases what is private, too; nobody reads it for that.
    /// </summary>
    public static bool IsAllowed(Visibility visibility, bool isActor, bool isAdministrator, bool isLegalRequest) =>
        visibility == Visibility.Private ? isActor || (isAdministrator && isLegalRequest) : isAdministrator;
}
