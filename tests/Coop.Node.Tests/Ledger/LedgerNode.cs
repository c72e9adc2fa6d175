using Coop.Testing;
using Npgsql;

namespace Coop.Node.Tests.Ledger;

/// <summary>
/// One node for the tests of the ledger, which run one after another on it, each with units and
/// accounts of its own.
/// </summary>
[CollectionDefinition(Name)]
public sealed class LedgerNode : IAsyncLifetime, ICollectionFixture<LedgerNode>
{
    public const string Name = "Ledger";

    private int _units;

    public TestNode Node { get; private set; } = null!;

    public NpgsqlDataSource Database { get; private set; } = null!;

    public LedgerClient Admin { get; private set; } = null!;

    public LedgerClient Ada { get; private set; } = null!;

    public LedgerClient Ben { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Node = await TestNode.StartAsync();
        Database = NpgsqlDataSource.Create(Node.Database.ConnectionString);
        var admin = await TestMember.EnrolAdministratorAsync(Node);
        Admin = new(admin);
        Ada = new(await admin.InviteAsync(Node, "Ada"));
        Ben = new(await admin.InviteAsync(Node, "Ben"));
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        Ada.Dispose();
        Ben.Dispose();
        await Database.DisposeAsync();
        await Node.DisposeAsync();
    }

    /// <summary>A unit that no other test has.</summary>
    public async Task<string> NewUnitAsync()
    {
        var code = $"U{Interlocked.Increment(ref _units):D5}";
        (await Admin.CreateUnitAsync(code)).ExpectCreated();
        return code;
    }

    /// <summary>A co-op's bank and sales, and an account of Ada's and of Ben's, in a unit of their own.</summary>
    public async Task<Chart> NewChartAsync()
    {
        var unit = await NewUnitAsync();
        return new Chart(
            unit,
            await Admin.OpenAsync("Bank", unit, "asset"),
            await Admin.OpenAsync("Sales", unit, "income"),
            await Admin.OpenAsync("Ada's money", unit, "liability", Ada.Member.Id),
            await Admin.OpenAsync("Ben's money", unit, "liability", Ben.Member.Id));
    }

    /// <summary>How many rows there are of all that a write in the ledger may leave.</summary>
    public async Task<Footprint> FootprintAsync() => new(
        await CountAsync("SELECT count(*) FROM event_payloads"),
        await CountAsync("SELECT count(*) FROM ledger_units"),
        await CountAsync("SELECT count(*) FROM ledger_accounts"),
        await CountAsync("SELECT count(*) FROM ledger_journals"),
        await CountAsync("SELECT count(*) FROM ledger_postings"),
        await CountAsync("SELECT count(*) FROM idempotency_keys"),
        await CountAsync("SELECT coalesce(sum(posting_count), 0)::bigint FROM ledger_balances"));

    public async Task<long> CountAsync(string sql, params object[] values)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return (long)(await command.ExecuteScalarAsync())!;
    }

    public sealed record Chart(string Unit, Guid Bank, Guid Sales, Guid AdaMoney, Guid BenMoney);

    public sealed record Footprint(
        long Events, long Units, long Accounts, long Journals, long Postings, long Keys, long Counted);
}
