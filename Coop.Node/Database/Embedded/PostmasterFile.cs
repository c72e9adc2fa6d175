using System.Diagnostics;
using System.Globalization;

namespace Coop.Node.Database.Embedded;

/// <summary>
/// <c>postmaster.pid</c>, which a running server keeps in its data folder. Line 1 is its process, line
/// 2 the data folder, line 4 the port, line 8 its state.
/// </summary>
internal sealed record PostmasterFile(int ProcessId, string DataFolder, int Port, bool IsReady)
{
    private const int LineOfPort = 3;
    private const int LineOfState = 7;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    public static PostmasterFile? Read(ServerFolder folder)
    {
        try
        {
            var lines = File.ReadAllLines(folder.PidFile);
            return lines.Length > LineOfPort
                && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var id)
                && int.TryParse(lines[LineOfPort], CultureInfo.InvariantCulture, out var port)
                ? new(id, lines[1], port, lines.Length > LineOfState && lines[LineOfState].Trim() == "ready")
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Stops a server that outlived its node, politely first. Afterwards none runs on the folder.
    /// </summary>
    public static async Task StopLeftoverAsync(ServerFolder folder, CancellationToken ct)
    {
        // Fast shutdown; the same again by immediate shutdown, which the next start recovers from.
        foreach (var (signal, patience) in new[] { ("INT", 60), ("QUIT", 30), ("KILL", 10) })
        {
            if (Read(folder) is not { } leftover)
            {
                return;
            }

            if (!await leftover.IsOursAsync(folder, ct))
            {
                RemoveStale(folder);
                return;
            }

            await Command.RunAsync("/bin/sh", ["-c", "kill -s \"$0\" \"$1\"", signal, leftover.Id], ct);
            await leftover.WaitForEndAsync(folder, TimeSpan.FromSeconds(patience), ct);
        }

        if (Read(folder) is { } last && await last.IsOursAsync(folder, ct))
        {
            throw new EmbeddedPostgresException(
                $"The PostgreSQL server of an earlier run (process {last.Id}) does not stop. Stop it by hand.");
        }
    }

    /// <summary>
    /// After a crash the file may name a process that is another program's by now (in a container the
    /// same few ids come again), and PostgreSQL would refuse to start. It goes where nothing works in
    /// the folder any more: what does has it as its working folder.
    /// </summary>
    private static void RemoveStale(ServerFolder folder)
    {
        if (Directory.Exists("/proc/self") && !Directory.EnumerateDirectories("/proc").Any(WorksIn(folder)))
        {
            File.Delete(folder.PidFile);
        }
    }

    private static Func<string, bool> WorksIn(ServerFolder folder) => process =>
    {
        try
        {
            // The same file, by whatever links the folder is reached.
            return File.ReadAllText(Path.Combine(process, "cwd", Path.GetFileName(folder.PidFile)))
                == File.ReadAllText(folder.PidFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone, or another user's, and so not a server on a folder of ours.
            return false;
        }
    };

    private string Id => ProcessId.ToString(CultureInfo.InvariantCulture);

    private async Task WaitForEndAsync(ServerFolder folder, TimeSpan patience, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < patience && await IsOursAsync(folder, ct))
        {
            await Task.Delay(PollInterval, ct);
        }
    }

    /// <summary>Process ids are used again, so the process must also be a server on this very folder.</summary>
    private async Task<bool> IsOursAsync(ServerFolder folder, CancellationToken ct)
    {
        if (DataFolder != folder.Data)
        {
            return false;
        }

        var commandLine = await CommandLineAsync(ct);
        return commandLine.Contains(folder.Data, StringComparison.Ordinal)
            && commandLine.Contains("postgres", StringComparison.Ordinal);
    }

    private async Task<string> CommandLineAsync(CancellationToken ct)
    {
        // Small Linux images have no `ps`; macOS has no /proc.
        if (!Directory.Exists("/proc/self"))
        {
            return (await Command.RunAsync("ps", ["-o", "args=", "-p", Id], ct)).Output;
        }

        try
        {
            return await File.ReadAllTextAsync($"/proc/{Id}/cmdline", ct);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
