using Coop.Testing;
using Coop.Testing.Faults;
using Npgsql;

namespace Coop.Node.Tests.Ledger;

/// <summary>Books whose node reaches its database through a proxy that makes faults.</summary>
internal sealed class FaultyLedger : IAsyncDisposable
{
    /// <summary>Every fault after which the outcome is settled at once.</summary>
    public static readonly IReadOnlyList<Fault> Faults =
        [.. Enum.GetValues<Fault>().Where(f => f is not (Fault.None or Fault.LostAndDeliveredLate))];

    private readonly TestDatabase _database;
    private readonly TestNode _node;
    private readonly NpgsqlDataSource _direct;

    private FaultyLedger(TestDatabase database, FaultProxy proxy, TestNode node, LedgerClient admin)
    {
        _database = database;
        _node = node;
        _direct = NpgsqlDataSource.Create(database.ConnectionString);
        Proxy = proxy;
        Admin = admin;
    }

    public FaultProxy Proxy { get; }

    public LedgerClient Admin { get; }

    public Guid Bank { get; private set; }

    public Guid Sales { get; private set; }

    public static async Task<FaultyLedger> StartAsync(int seed)
    {
        var database = await TestDatabase.CreateMigratedAsync();
        var proxy = FaultProxy.Start(database.ConnectionString, seed);
        var node = await TestNode.StartAsync(database: database, arguments: [$"--COOP_DATABASE={proxy.ConnectionString}"]);
        var ledger = new FaultyLedger(database, proxy, node, new(await TestMember.EnrolAdministratorAsync(node)));
        (await ledger.Admin.CreateUnitAsync("EUR")).ExpectCreated();
        ledger.Bank = await ledger.Admin.OpenAsync("Bank", "EUR", "asset");
        ledger.Sales = await ledger.Admin.OpenAsync("Sales", "EUR", "income");
        return ledger;
    }

    /// <summary>Whether a group of statements is one of the ledger's.</summary>
    public static bool IsPosting(StatementGroup group) => group.Statements.Any(s =>
        s.Contains("ledger_", StringComparison.Ordinal) || s.Contains("idempotency_keys", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await _node.DisposeAsync();
        await _direct.DisposeAsync();
        await Proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>A number that the database has, asked for past the proxy.</summary>
    public async Task<long> CountAsync(string sql, params object[] values)
    {
        await using var command = _direct.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return Convert.ToInt64(
            await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }
}
