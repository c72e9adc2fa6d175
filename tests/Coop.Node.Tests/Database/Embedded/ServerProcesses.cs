using System.Diagnostics;
using System.Globalization;
using Coop.Node.Database.Embedded;

namespace Coop.Node.Tests.Database.Embedded;

/// <summary>The processes that have to do with one server's folder, as the system lists them.</summary>
internal static class ServerProcesses
{
    /// <summary>Ids of all of them: the server, and the shells that watch it.</summary>
    public static IReadOnlyList<int> On(ServerFolder folder) =>
        [.. List("pid=,args=").Where(line => line.Contains(folder.Data, StringComparison.Ordinal)).Select(IdOf)];

    /// <summary>The numeric user of the server; 0 where it only looks like another inside its namespace.</summary>
    public static string OwnerOf(ServerFolder folder) => Run(
        "ps", "-o", "uid=", "-p", PostmasterFile.Read(folder)!.ProcessId.ToString(CultureInfo.InvariantCulture)).Trim();

    /// <summary>Kills the shells, and leaves the server without anybody who would stop it.</summary>
    public static void KillWatchers(ServerFolder folder)
    {
        var server = PostmasterFile.Read(folder)!.ProcessId;
        foreach (var id in On(folder).Where(id => id != server))
        {
            try
            {
                using var watcher = Process.GetProcessById(id);
                watcher.Kill();
                watcher.WaitForExit();
            }
            catch (ArgumentException)
            {
                // It went with the one before.
            }
        }
    }

    public static bool IsAlive(int id) => List("pid=,stat=")
        .Any(line => IdOf(line) == id && !line.TrimEnd().Split(' ')[^1].StartsWith('Z'));

    private static int IdOf(string line) =>
        int.Parse(line.TrimStart().Split(' ')[0], CultureInfo.InvariantCulture);

    private static string[] List(string columns) =>
        Run("ps", "-axww", "-o", columns).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
