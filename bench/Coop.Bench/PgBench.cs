using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Coop.Bench;

/// <summary>
/// The same double entry as a function in the database, driven by PostgreSQL's own pgbench: without HTTP,
/// tokens, validation, idempotency and events. With a hash-chain head every transfer also hashes the one
/// before, under one row's lock.
/// </summary>
internal static partial class PgBench
{
    private const int Accounts = 512;

    private const string Schema = """
        CREATE TABLE pgb_accounts (id int PRIMARY KEY, balance bigint NOT NULL, postings bigint NOT NULL);
        CREATE TABLE pgb_journals (id uuid PRIMARY KEY, memo text NOT NULL, effective date NOT NULL, booked timestamptz NOT NULL);
        CREATE TABLE pgb_postings (journal uuid NOT NULL REFERENCES pgb_journals, line int NOT NULL,
          account int NOT NULL REFERENCES pgb_accounts, amount bigint NOT NULL, balance bigint NOT NULL, PRIMARY KEY (journal, line));
        CREATE TABLE pgb_head (id int PRIMARY KEY, size bigint NOT NULL, hash bytea NOT NULL);
        INSERT INTO pgb_head VALUES (1, 0, '');
        CREATE FUNCTION pgb_transfer(payer int, payee int, amount bigint, chained boolean) RETURNS void LANGUAGE plpgsql AS $f$
        DECLARE j uuid := gen_random_uuid(); b bigint; lo int := least(payer, payee);
        BEGIN
          PERFORM 1 FROM pgb_accounts WHERE id = lo FOR UPDATE;
          INSERT INTO pgb_journals VALUES (j, 'Transfer', '2026-01-31', now());
          UPDATE pgb_accounts SET balance = balance - amount, postings = postings + 1 WHERE id = payer RETURNING balance INTO b;
          INSERT INTO pgb_postings VALUES (j, 1, payer, -amount, b);
          UPDATE pgb_accounts SET balance = balance + amount, postings = postings + 1 WHERE id = payee RETURNING balance INTO b;
          INSERT INTO pgb_postings VALUES (j, 2, payee, amount, b);
          IF chained THEN
            UPDATE pgb_head SET size = size + 1, hash = sha256(hash || decode(replace(j::text, '-', ''), 'hex')) WHERE id = 1;
          END IF;
        END $f$;
        """;

    /// <summary>Nothing where pgbench is not installed.</summary>
    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchServer server, int connections, TimeSpan duration)
    {
        if (FindProgram() is not { } program)
        {
            return [];
        }

        await PrepareAsync(server);
        var plain = await RateAsync(program, server, connections, duration, chained: false);
        var chained = await RateAsync(program, server, connections, duration, chained: true);
        return
        [
            new($"PL/pgSQL double entry by pgbench, {connections} connections", plain, "1/s"),
            new("the same with a hash-chain head", chained, "1/s"),
        ];
    }

    private static string? FindProgram() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private static async Task PrepareAsync(BenchServer server)
    {
        await using var dataSource = NpgsqlDataSource.Create(server.ConnectionString);
        await using var schema = dataSource.CreateCommand(Schema);
        await schema.ExecuteNonQueryAsync();
        await using var accounts = dataSource.CreateCommand(
            "INSERT INTO pgb_accounts SELECT n, 0, 0 FROM generate_series(1, $1::int) n");
        accounts.Parameters.Add(new() { Value = Accounts });
        await accounts.ExecuteNonQueryAsync();
    }

    private static async Task<double> RateAsync(
        string program, BenchServer server, int connections, TimeSpan duration, bool chained)
    {
        var script = Path.GetTempFileName();
        // Every transfer locks the lower account first, so that no two wait for each other.
        await File.WriteAllTextAsync(script, $"""
            \set payer random(1, {Accounts - 1})
            \set payee random(:payer + 1, {Accounts})
            SELECT pgb_transfer(:payer, :payee, 100, {(chained ? "true" : "false")});
            """);
        var seconds = Math.Max(1, (int)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(program)
        {
            ArgumentList =
            {
                "-n", "-M", "prepared", "-c", $"{connections}", "-j", "2", "-T", seconds, "-f", script,
                "-h", server.Host, "-p", $"{server.Port}", "-U", server.User, server.Database,
            },
            Environment = { ["PGPASSWORD"] = server.Password },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(script);
        return double.Parse(Tps.Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps { get; }
}
