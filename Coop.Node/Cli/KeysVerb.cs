using Coop.Node.Database;
using Coop.Node.Database.Embedded;
using Coop.Node.Database.Migrations;
using Coop.Node.Hosting;
using Coop.Node.Identity;
using Coop.Node.Log;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Command = System.CommandLine.Command;

namespace Coop.Node.Cli;

/// <summary>
/// <c>keys rotate</c>: gives the node's DID new keys, whether or not the node runs. Exit code 0 when it has
/// them, 1 when nothing was changed.
/// </summary>
internal static class KeysVerb
{
    private const int NothingChanged = 1;

    public static Command Create()
    {
        var rotate = new Command("rotate", "Give the node's DID new keys; what the old ones signed stays valid");
        rotate.SetAction((_, ct) => RunAsync(ct));
        return new Command("keys", "The node's own keys") { rotate };
    }

    private static async Task<int> RunAsync(CancellationToken ct)
    {
        try
        {
            // What the node itself reads: environment and appsettings.json.
            var options = NodeOptions.From(WebApplication.CreateBuilder().Configuration);
            RequireNode(options);
            await using var database = await NodeDatabase.OpenBesideAsync(options, ct);
            var transactions = new Transactions(
                database.DataSource, TimeProvider.System, new SequencerSignal(), NullLogger<Transactions>.Instance);
            var did = await NodeDidWriter.RotateAsync(transactions, options, ct);
            NodeKeys.Forget(options, did.Version);
            await Console.Out.WriteLineAsync(Report(did));
            return 0;
        }
        catch (Exception e) when (IsForTheOperator(e))
        {
            await Console.Error.WriteLineAsync($"No key was changed. {e.Message}");
            return NothingChanged;
        }
        catch (UnknownOutcomeException e)
        {
            await Console.Error.WriteLineAsync($"The database went away at the last step; look at did.jsonl whether the keys changed. {e.Message}");
            return NothingChanged;
        }
    }

    // With the wrong folder the embedded server would come up empty, and another node's keys be made.
    internal static void RequireNode(NodeOptions options)
    {
        if (options.Database is null && !Directory.Exists(Path.Combine(options.DataFolder, "postgres")))
        {
            throw new FormatException(
                $"No node has run with the data folder {options.DataFolder}. Set COOP_DATA, or COOP_DATABASE, as the node has them.");
        }
    }

    private static string Report(NodeDid did) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"""

          New keys are in use: version {did.Version} of {did.Did}

            {string.Join("\n    ", NodeDocument.KeysOf(did.Document).Take(NodeDocument.PresentCount))}

          A node that runs takes them up within seconds. What the old keys signed stays valid; their private
          halves are deleted. Back up the key folder again.

        """);

    private static bool IsForTheOperator(Exception e) => e is EmbeddedPostgresException or MigrationException
        or NpgsqlException or BusyException or IOException or UnauthorizedAccessException or FormatException
        or OperationCanceledException;
}
