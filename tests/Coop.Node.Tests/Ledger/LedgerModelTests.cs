using System.Numerics;
using CsCheck;

namespace Coop.Node.Tests.Ledger;

/// <summary>
/// The real ledger against the simple one, under random histories over HTTP: requests one by one, and
/// requests at once, some of them twice. A failure prints the seed that repeats it.
/// </summary>
[Collection(LedgerNode.Name)]
public sealed class LedgerModelTests(LedgerNode ledger)
{
    private const int AccountCount = 7;

    private const string SelectBalances =
        "SELECT account_id, balance_minor FROM ledger_balances WHERE account_id = ANY($1)";

    private static readonly Gen<(int Account, long Minor)> AnyPosting =
        Gen.Select(Gen.Int[0, AccountCount - 1], Gen.Long[-6, 6]);

    private static readonly Gen<(int Account, long Minor)[]> AnyPostings = Gen.Frequency(
        (6, Gen.Select(AnyPosting.Array[1, 3], Gen.Int[0, AccountCount - 1], (lines, last) =>
            ((int, long)[])[.. lines, (last, -lines.Sum(l => l.Minor))])),
        // Payments between the members' accounts, which stand first.
        (4, Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Long[1, 6], (from, to, minor) =>
            ((int, long)[])[(from, minor), (to, -minor)])),
        (1, AnyPosting.Array[0, 3]));

    /// <param name="Sender">0 the administrator, 1 Ada, 2 Ben.</param>
    /// <param name="Key">Of few, so that some come twice.</param>
    /// <param name="Postings">The accounts by their number.</param>
    private sealed record Draft(int Sender, int Key, (int Account, long Minor)[] Postings);

    private static readonly Gen<Draft> AnyDraft =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1_000], AnyPostings, (s, k, p) => new Draft(s, k, p));

    /// <summary>Some requests at once, at times one of them twice.</summary>
    private static readonly Gen<Draft[]> AtOnce = Gen.Select(
        AnyDraft.Array[2, 4], Gen.Bool, (drafts, twice) => twice ? [.. drafts, drafts[0]] : drafts);

    [Fact]
    public Task EveryHistory_GoesAsTheModelSays() => Gen
        .OneOf(AnyDraft.Select(d => new[] { d }), AtOnce)
        .Array[4, 9]
        .SampleAsync(RunAsync, iter: 20, threads: 1);

    private async Task RunAsync(Draft[][] history)
    {
        var accounts = await OpenAccountsAsync();
        var model = new ModelLedger(accounts);
        var run = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        foreach (var step in history)
        {
            var requests = step.Select(draft => Request(draft, accounts, run)).ToList();
            var outcomes = await Task.WhenAll(requests.Select(SendAsync));
            model = Explain(model, requests, outcomes, await BalancesAsync(accounts));
            await LedgerInvariants.AssertAsync(ledger.CountAsync, [.. accounts.Select(a => a.Id)]);
        }
    }

    /// <summary>
    /// The model after some order of the requests that has these outcomes and leaves these balances:
    /// requests at once must look as if they had come one by one.
    /// </summary>
    private static ModelLedger Explain(
        ModelLedger before, List<ModelLedger.Request> requests, string?[] outcomes,
        Dictionary<Guid, BigInteger> balances)
    {
        foreach (var order in Orders(requests.Count))
        {
            var model = before.Copy();
            if (order.All(i => model.Post(requests[i]) == outcomes[i])
                && model.Balances.All(b => balances[b.Key] == b.Value))
            {
                return model;
            }
        }

        var inTurn = before.Copy();
        throw new InvalidOperationException(
            $"No order explains {string.Join(", ", outcomes.Select(o => o ?? "posted"))}; one by one: "
            + string.Join(", ", requests.Select(r => inTurn.Post(r) ?? "posted")));
    }

    private static IEnumerable<int[]> Orders(int count) => count == 1
        ? [[0]]
        : Orders(count - 1).SelectMany(order => Enumerable.Range(0, count)
            .Select(at => (int[])[.. order[..at], count - 1, .. order[at..]]));

    private async Task<string?> SendAsync(ModelLedger.Request request)
    {
        var client = request.Payer is null ? ledger.Admin
            : request.Payer == ledger.Ada.Member.Id ? ledger.Ada : ledger.Ben;
        var answer = await client.JournalAsync(
            request.Key, [.. request.Postings.Select(p => (p.Account.Id, p.Minor))]);
        return answer.Problem;
    }

    private ModelLedger.Request Request(
        Draft draft, IReadOnlyList<ModelLedger.Account> accounts, Guid run) => new(
        draft.Sender switch { 0 => null, 1 => ledger.Ada.Member.Id, _ => ledger.Ben.Member.Id },
        // The postings are part of the key, so that a key never comes with another body.
        $"{run}-{draft.Sender}-{draft.Key}-{string.Join('+', draft.Postings)}".Replace(" ", "", StringComparison.Ordinal),
        [.. draft.Postings.Select(p => (accounts[p.Account], p.Minor))]);

    private async Task<Dictionary<Guid, BigInteger>> BalancesAsync(IReadOnlyList<ModelLedger.Account> accounts)
    {
        await using var command = ledger.Database.CreateCommand(SelectBalances);
        command.Parameters.Add(new() { Value = accounts.Select(a => a.Id).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var balances = new Dictionary<Guid, BigInteger>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            balances[reader.GetGuid(0)] = reader.GetInt64(1);
        }

        return balances;
    }

    private async Task<IReadOnlyList<ModelLedger.Account>> OpenAccountsAsync()
    {
        var (money, hours) = (await ledger.NewUnitAsync(), await ledger.NewUnitAsync());
        var (ada, ben) = (ledger.Ada.Member.Id, ledger.Ben.Member.Id);
        return
        [
            await OpenAsync(money, "liability", ada, -5),
            await OpenAsync(money, "liability", ben, 0),
            await OpenAsync(money, "liability", ada, 0),
            await OpenAsync(money, "asset", null, null),
            await OpenAsync(money, "income", null, null),
            await OpenAsync(hours, "liability", ben, 0),
            await OpenAsync(hours, "equity", null, -8),
        ];
    }

    private async Task<ModelLedger.Account> OpenAsync(string unit, string type, Guid? owner, long? floor) => new(
        await ledger.Admin.OpenAsync("Account", unit, type, owner, floor),
        unit,
        type is "asset" or "expense",
        type == "liability",
        owner,
        floor);
}
