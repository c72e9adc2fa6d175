using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Coop.Node.Database.Embedded;
using Coop.Node.Hosting;

namespace Coop.Node.Tests.Processes;

/// <summary>The real program as a child process, with the embedded database, on a data folder.</summary>
internal sealed partial class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _printed = new();
    private readonly TaskCompletionSource<string?> _serves = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NodeProcess(ProcessStartInfo start, string data)
    {
        Data = data;
        _process = new() { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Data { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Printed
    {
        get
        {
            lock (_printed)
            {
                return _printed.ToString();
            }
        }
    }

    public ServerFolder Server => new(Path.Combine(Data, "postgres"));

    public Uri Address { get; private set; } = null!;

    /// <summary>The enrolment link that it printed, as long as there is no administrator.</summary>
    public async Task<string> EnrolmentLinkAsync(CancellationToken ct)
    {
        while (true)
        {
            if (LinkPattern.Match(Printed) is { Success: true } link)
            {
                return link.Value;
            }

            await Task.Delay(20, ct);
        }
    }

    /// <summary>Starts it, and does not wait.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="prefix">What runs it, e.g. <c>setsid</c>.</param>
    public static NodeProcess Start(string data, params string[] prefix)
    {
        string[] line = [.. prefix, "dotnet", Path.Combine(AppContext.BaseDirectory, "Coop.Node.dll")];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        foreach (var name in start.Environment.Keys.Where(IsNotTheirs).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["COOP_DATA"] = data;
        start.Environment["COOP_PUBLIC_URL"] = NodeOptions.DefaultUrl;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        return new(start, data);
    }

    /// <summary>Starts it, and returns when it serves.</summary>
    public static async Task<NodeProcess> ServeAsync(string data, CancellationToken ct, params string[] prefix)
    {
        var node = Start(data, prefix);
        await node.WaitUntilItServesAsync(ct);
        return node;
    }

    public async Task WaitUntilItServesAsync(CancellationToken ct)
    {
        var ended = _process.WaitForExitAsync(ct);
        if (await Task.WhenAny(_serves.Task, ended) == ended)
        {
            await ended;
            throw new InvalidOperationException($"The node ended with {_process.ExitCode}:\n{Printed}");
        }

        Address = new Uri((await _serves.Task)!);
    }

    /// <summary>SIGKILL, to the node alone.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        _process.Kill();
        await _process.WaitForExitAsync(ct);
    }

    /// <summary>Sends a signal by name, and expects an orderly end.</summary>
    public async Task StopAsync(string signal, bool toItsGroup, CancellationToken ct)
    {
        var target = (toItsGroup ? "-" : "") + Id.ToString(CultureInfo.InvariantCulture);
        await Command.RunAsync("/bin/sh", ["-c", "kill -s \"$0\" -- \"$1\"", signal, target], ct);
        Assert.True(await WaitForExitAsync(ct) == 0, $"The node ended with {_process.ExitCode}:\n{Printed}");
    }

    public async Task<int> WaitForExitAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static bool IsNotTheirs(string name) =>
        name.StartsWith("COOP_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal);

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_printed)
        {
            _printed.AppendLine(line);
        }

        if (ListeningPattern.Match(line) is { Success: true } match)
        {
            _serves.TrySetResult(match.Groups[1].Value);
        }
    }

    [GeneratedRegex(@"serves (http://127\.0\.0\.1:\d+)")]
    private static partial Regex ListeningPattern { get; }

    [GeneratedRegex(@"http://\S+/#/join/\S+")]
    private static partial Regex LinkPattern { get; }
}
