using Coop.Ledger.Shares;
using Coop.Node.Http;

namespace Coop.Node.Features.Shares;

/// <summary>The problem details that each <see cref="ShareRefusal"/> is answered with.</summary>
internal static class ShareProblems
{
    /// <exception cref="RefusalException">There is something to refuse.</exception>
    public static void ThrowIfRefused(ShareRefusal refusal)
    {
        if (refusal != ShareRefusal.None)
        {
            throw refusal switch
            {
                ShareRefusal.NoticeOver => ProblemTypes.ShareNoticeOver.With("It was redeemed or withdrawn."),
                ShareRefusal.RequestOver => ProblemTypes.ShareRequestOver.With("It was accepted, declined or taken back."),
                ShareRefusal.NotDue => ProblemTypes.ShareNoticeNotDue.With("The time of notice has not passed."),
                ShareRefusal.NotEnoughShares => ProblemTypes.NotEnoughShares.With(
                    "The member does not hold as many shares without notice."),
                ShareRefusal.TooManyShares => ProblemTypes.TooManyShares.With(
                    "At par they would come to more than 64 bits hold."),
                ShareRefusal.Overpaid => ProblemTypes.SharesOverpaid.With("The member owes less on these shares."),
                _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
            };
        }
    }
}
