using Coop.Node.Database;
using Coop.Node.Database.Embedded;
using Coop.Node.Database.Migrations;
using Coop.Node.Hosting;
using Coop.Node.Http;
using Coop.Node.Log;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coop.Node.Cli;

/// <summary>Where the ledger's verbs work: the node's own database, beside the node.</summary>
internal static class LedgerDesk
{
    private const int Refused = 1;

    /// <summary>Does some work; the exit code, after telling why it could not be done.</summary>
    public static async Task<int> RunAsync(string failure, Func<Transactions, Task> work, CancellationToken ct)
    {
        try
        {
            // What the node itself reads: environment and appsettings.json.
            var options = NodeOptions.From(WebApplication.CreateBuilder().Configuration);
            KeysVerb.RequireNode(options);
            await using var database = await NodeDatabase.OpenBesideAsync(options, ct);
            await work(new Transactions(
                database.DataSource, TimeProvider.System, new SequencerSignal(), NullLogger<Transactions>.Instance));
            return 0;
        }
        catch (Exception e) when (IsForTheOperator(e))
        {
            await Console.Error.WriteLineAsync($"{failure} {e.Message}");
            return Refused;
        }
    }

    private static bool IsForTheOperator(Exception e) => e is EmbeddedPostgresException or MigrationException or NpgsqlException
        or BusyException or IOException or UnauthorizedAccessException or FormatException or OperationCanceledException or RefusalException
        or UnknownOutcomeException;
}
