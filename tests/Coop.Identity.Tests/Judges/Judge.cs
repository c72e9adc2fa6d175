using System.Diagnostics;
using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(Coop.Identity.Tests.Judges.Judge))]

namespace Coop.Identity.Tests.Judges;

/// <summary>
/// Other people's implementations (tests/judges), in one process of Node.js that starts with the first
/// question. Thread-safe; questions are answered in turn.
/// </summary>
public sealed class Judge : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private Process? _process;

    /// <summary>What the judge answers.</summary>
    /// <exception cref="RefusedException">The judge refuses what it was shown.</exception>
    public async Task<JsonNode?> AskAsync(string judge, string question, JsonObject given)
    {
        var line = new JsonObject { ["judge"] = judge, ["ask"] = question, ["with"] = given }.ToJsonString();
        var answer = await ExchangeAsync(line);
        return answer["refused"] is { } reason
            ? throw new RefusedException(reason.GetValue<string>())
            : answer["answer"]?.DeepClone();
    }

    /// <summary>Asserts that the judge refuses; answers why.</summary>
    public async Task<string> RefusesAsync(string judge, string question, JsonObject given) =>
        (await Assert.ThrowsAsync<RefusedException>(() => AskAsync(judge, question, given))).Message;

    public void Dispose()
    {
        // It ends when its questions do.
        _process?.StandardInput.Close();
        _process?.WaitForExit();
        _process?.Dispose();
        _turn.Dispose();
    }

    private async Task<JsonObject> ExchangeAsync(string line)
    {
        var ct = TestContext.Current.CancellationToken;
        await _turn.WaitAsync(ct);
        try
        {
            _process ??= Start();
            await _process.StandardInput.WriteLineAsync(line.AsMemory(), CancellationToken.None);
            await _process.StandardInput.FlushAsync(CancellationToken.None);
            var answer = await _process.StandardOutput.ReadLineAsync(CancellationToken.None)
                ?? throw new InvalidOperationException("The judges' process ended.");
            return JsonNode.Parse(answer)!.AsObject();
        }
        finally
        {
            _turn.Release();
        }
    }

    private static Process Start() => Process.Start(new ProcessStartInfo("node", ["judge.mjs"])
    {
        WorkingDirectory = Path.Combine(Repository(), "tests", "judges"),
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Coop.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }

    /// <summary>The judge's refusal, in its own words.</summary>
    public sealed class RefusedException(string reason) : Exception(reason);
}
