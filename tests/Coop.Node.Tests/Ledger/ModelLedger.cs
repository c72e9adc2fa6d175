using System.Numerics;

namespace Coop.Node.Tests.Ledger;

/// <summary>The ledger in its simplest form, one request after another: what the real one is held to.</summary>
internal sealed class ModelLedger(IReadOnlyList<ModelLedger.Account> accounts)
{
    private readonly Dictionary<Guid, BigInteger> _balances = accounts.ToDictionary(a => a.Id, _ => BigInteger.Zero);
    private readonly HashSet<string> _keys = [];

    public IReadOnlyDictionary<Guid, BigInteger> Balances => _balances;

    public ModelLedger Copy()
    {
        var copy = new ModelLedger(accounts);
        copy._keys.UnionWith(_keys);
        foreach (var (id, balance) in _balances)
        {
            copy._balances[id] = balance;
        }

        return copy;
    }

    /// <summary>The problem's code, or null where the request succeeds.</summary>
    public string? Post(Request request)
    {
        if (_keys.Contains(request.Key))
        {
            return null;
        }

        var problem = Refuse(request);
        if (problem is null)
        {
            _keys.Add(request.Key);
            foreach (var (account, minor) in request.Postings)
            {
                _balances[account.Id] += minor;
            }
        }

        return problem;
    }

    private string? Refuse(Request request)
    {
        var postings = request.Postings;
        if (postings.Count < 2)
        {
            return "too-few-postings";
        }

        if (postings.Any(p => p.Minor == 0))
        {
            return "zero-amount";
        }

        if (request.Payer is { } payer && !postings.All(p =>
            p.Account is { IsLiability: true, Owner: not null } && (p.Minor < 0 || p.Account.Owner == payer)))
        {
            return "not-a-payment";
        }

        if (postings.GroupBy(p => p.Account.Unit).Any(u => u.Sum(p => p.Minor) != 0))
        {
            return "journal-unbalanced";
        }

        return postings.GroupBy(p => p.Account).Any(Sinks) ? "below-floor" : null;
    }

    private bool Sinks(IGrouping<Account, (Account Account, long Minor)> change)
    {
        var sign = change.Key.IsDebitNormal ? 1 : -1;
        var moved = sign * change.Sum(p => p.Minor);
        return change.Key.Floor is { } floor
            && moved < 0
            && (sign * _balances[change.Key.Id]) + moved < floor;
    }

    public sealed record Account(
        Guid Id, string Unit, bool IsDebitNormal, bool IsLiability, Guid? Owner, long? Floor);

    /// <param name="Payer">Who pays; null for an administrator.</param>
    /// <param name="Key">Of the payer's own.</param>
    /// <param name="Postings">In the order in which they are sent.</param>
    public sealed record Request(
        Guid? Payer, string Key, IReadOnlyList<(Account Account, long Minor)> Postings);
}
