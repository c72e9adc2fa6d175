using System.Diagnostics;

namespace Coop.Node.Database.Embedded;

/// <summary>
/// The server as a child process that cannot outlive the node: a shell keeps watch on a pipe that only
/// the node holds, and stops the server when the pipe closes, however the node ended.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // Three processes: this shell waits for the server, a subshell for the end of the pipe. The server
    // ends first or the pipe does; either way all three go. SIGINT is PostgreSQL's fast shutdown.
    private const string Script = """
        log=$1; shift
        exec 3<&0 </dev/null >>"$log" 2>&1
        "$@" 3<&- &
        server=$!
        { while read -r _; do :; done; kill -INT "$server"; } <&3 &
        watch=$!
        exec 3<&-
        wait "$server"; code=$?
        kill "$watch" 2>/dev/null
        exit "$code"
        """;

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public bool HasExited => _process.HasExited;

    public static ServerProcess Start(
        ServerFolder folder, ServerAccount account, IEnumerable<string> commandLine)
    {
        var start = account.Start(
            [.. NewSession(), "/bin/sh", "-c", Script, "coop-postgres", folder.LogFile, .. commandLine]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        return new(Process.Start(start)!);
    }

    // A session of its own: Ctrl-C in the terminal stops the node first, and the node the server.
    private static string[] NewSession()
    {
        string[] places = ["/usr/bin/setsid", "/bin/setsid"];
        return places.FirstOrDefault(File.Exists) is { } setsid
            ? [setsid]
            : File.Exists("/usr/bin/perl")
                ? ["/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or exit 127;", "--"]
                : [];
    }

    /// <summary>Fast shutdown: sessions are ended, everything is written, the server is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended by itself.
        }

        using var patience = new CancellationTokenSource(StopPatience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // The next start stops what is left.
        }

        _process.Dispose();
    }
}
