using Coop.Ledger.Periods;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>Who may change the closed period: administrators and treasurers, each in their own role.</summary>
internal static class PeriodAccess
{
    public static string NameOf(PeriodRole role) => role == PeriodRole.Admin ? Roles.Admin : Roles.Treasurer;

    /// <exception cref="RefusalException">The member does not have the role.</exception>
    public static PeriodRole Require(CurrentMember me, PeriodRole role) => me.Is(NameOf(role))
        ? role
        : throw ProblemTypes.Forbidden.With($"You are no {NameOf(role)}.");

    /// <exception cref="RefusalException">The change is refused.</exception>
    public static void ThrowIfRefused(PeriodRefusal refusal)
    {
        throw refusal switch
        {
            PeriodRefusal.Done => ProblemTypes.ReopeningDone.With("The books were opened on this request already."),
            PeriodRefusal.NotTwoRoles => ProblemTypes.TwoRolesNeeded.With(
                "Another person than the one who asked has to agree, in the other of the roles admin and treasurer."),
            PeriodRefusal.NotClosed => ProblemTypes.PeriodUnchanged.With("Those days are not closed."),
            _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
        };
    }
}
