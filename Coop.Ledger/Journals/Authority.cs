using Coop.Ledger.Accounts;

namespace Coop.Ledger.Journals;

/// <summary>What someone may post.</summary>
public sealed class Authority
{
    private readonly MemberId? _payer;

    private Authority(MemberId? payer) => _payer = payer;

    /// <summary>Anything: whoever keeps the books.</summary>
    public static Authority Full { get; } = new(null);

    /// <summary>Payments only: debits on the member's own payable accounts, credits on anyone's.</summary>
    public static Authority PaymentsOf(MemberId member) => new(member);

    internal bool Allows(Account account, Amount amount) =>
        _payer is null || (account.IsPayable && (amount.IsCredit || account.Owner == _payer));
}
