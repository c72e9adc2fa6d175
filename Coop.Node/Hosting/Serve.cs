using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Node.Database.Embedded;
using Coop.Node.Database.Migrations;
using Npgsql;

namespace Coop.Node.Hosting;

/// <summary>What the program does without a verb: it serves until it is told to stop.</summary>
internal static class Serve
{
    /// <summary>The exit code: 0 after an orderly stop, 1 when the node could not start.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var node = await CoopNode.StartAsync(args);
            await Console.Out.WriteLineAsync($"  The co-op's node serves {node.Address}  (Ctrl-C stops it)\n");
            await node.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (IsForTheOperator(e))
        {
            await Console.Error.WriteLineAsync($"The node could not start. {e.Message}");
            return 1;
        }
    }

    // What an operator can mend needs a sentence; anything else is our fault and needs its stack.
    private static bool IsForTheOperator(Exception e) => e is EmbeddedPostgresException or MigrationException
        or NpgsqlException or BusyException or LogFaultException or IOException or UnauthorizedAccessException
        or FormatException;
}
