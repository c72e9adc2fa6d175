using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coop.Bench;

/// <summary>
/// Transfers through HTTP (token, validation, idempotency, double entry, durable commit, event) against raw
/// commits of one-row inserts, and against the same double entry as a function in the database.
/// </summary>
internal static class LedgerBench
{
    private const int Connections = 64;
    private const int Accounts = 512;
    private const int BatchSize = 100;
    private const string Path = "/api/ledger/journals";

    public static async IAsyncEnumerable<Figure> RunAsync(TestNode node, TimeSpan duration)
    {
        var admin = await TestMember.EnrolAdministratorAsync(node);
        var accounts = await OpenAccountsAsync(admin);
        var clients = await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
            await LeanHttpClient.ConnectAsync(node.Address, await admin.Session.IssueTokenAsync())));
        var server = await BenchServer.OfAsync(node);
        // Until the JIT has compiled all that a transfer passes for good; it shares the machine with what is measured.
        await Load.RateAsync(Connections, duration, (c, i) => TransferAsync(clients[c], c, -1 - i, Pair(accounts, c, i)));
        // The machine's pace drifts: what is compared with lies around what is measured.
        var before = await RawInsertsAsync(node, server, duration / 2);
        var spread = await Load.RateAsync(Connections, duration, (c, i) => TransferAsync(clients[c], c, i, Pair(accounts, c, i)));
        var hot = await Load.RateAsync(Connections, duration, (c, i) => TransferAsync(clients[c], -1 - c, i, (accounts[0], accounts[1])));
        var batches = BatchSize * await Load.RateAsync(
            Connections, duration, (c, i) => BatchAsync(clients[c], c, i, accounts));
        var raw = (before + await RawInsertsAsync(node, server, duration / 2)) / 2;
        yield return new($"raw single-row INSERT commits, {Connections} connections", raw, "1/s");
        yield return new($"single transfers through HTTP, {Connections} connections", spread, "1/s");
        yield return new("the same on two accounts", hot, "1/s");
        yield return new($"transfers in batches of {BatchSize}", batches, "1/s");
        yield return Figure.AtLeast("single transfers against raw INSERT commits", spread / raw, "ratio", 1.0);
        yield return Figure.AtLeast($"batches of {BatchSize} against raw INSERT commits", batches / raw, "ratio", 3.0);
        yield return Figure.AtLeast("two accounts against all", hot / spread, "ratio", 0.8);
        foreach (var figure in await PgBench.RunAsync(server, Connections, duration))
        {
            yield return figure;
        }

        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    private static async Task<double> RawInsertsAsync(TestNode node, BenchServer server, TimeSpan duration)
    {
        // The server has 100 connections, which the node's idle ones must not use up.
        node.Services.GetRequiredService<NpgsqlDataSource>().Clear();
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            MaxPoolSize = Connections,
            MaxAutoPrepare = 20,
            NoResetOnClose = true,
        };
        await using var dataSource = NpgsqlDataSource.Create(settings);
        return await RawLimits.InsertCommitsAsync(dataSource, Connections, duration);
    }

    private static async Task<IReadOnlyList<Guid>> OpenAccountsAsync(TestMember admin)
    {
        using var unit = await admin.Client.PostAsJsonAsync(
            "/api/ledger/units", new { code = "EUR", name = "Euro", scale = 2, kind = "money" });
        unit.EnsureSuccessStatusCode();
        var ids = new List<Guid>();
        for (var i = 0; i < Accounts; i++)
        {
            using var opened = await admin.Client.PostAsJsonAsync(
                "/api/ledger/accounts", new { name = $"Account {i}", unit = "EUR", type = "asset" });
            ids.Add((await opened.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid());
        }

        return ids;
    }

    private static (Guid From, Guid To) Pair(IReadOnlyList<Guid> accounts, int connection, int i)
    {
        var random = new Random(HashCode.Combine(connection, i));
        var from = random.Next(accounts.Count);
        return (accounts[from], accounts[(from + 1 + random.Next(accounts.Count - 1)) % accounts.Count]);
    }

    private static async Task<bool> TransferAsync(LeanHttpClient client, int connection, int i, (Guid From, Guid To) pair)
    {
        await client.PostJsonAsync(Path, Journal(pair), Key(connection, i, 0));
        return true;
    }

    private static async Task<bool> BatchAsync(LeanHttpClient client, int connection, int i, IReadOnlyList<Guid> accounts)
    {
        var body = new StringBuilder("""{"items":[""");
        for (var n = 0; n < BatchSize; n++)
        {
            body.Append(n == 0 ? "" : ",");
            body.Append(CultureInfo.InvariantCulture, $$"""{"key":"{{Key(connection, i, n)}}-b","journal":{{Journal(Pair(accounts, connection + n, i))}}}""");
        }

        await client.PostJsonAsync($"{Path}/batch", body.Append("]}").ToString());
        return true;
    }

    private static string Key(int connection, int i, int n) =>
        string.Create(CultureInfo.InvariantCulture, $"{connection}:{i}:{n}");

    private static string Journal((Guid From, Guid To) pair) =>
        $$"""{"effectiveDate":"2026-01-31","memo":"Transfer","postings":[{"accountId":"{{pair.To}}","amountMinor":100},{"accountId":"{{pair.From}}","amountMinor":-100}]}""";
}
