using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Coop.Node.Tests.Identity;

/// <summary>What the command line's verify answered, as a process of its own.</summary>
internal sealed record VerifyRun(int ExitCode, string Output, JsonObject Json)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Verdict => Json["verdict"]!.GetValue<string>();

    public string Code(string check) => Json["checks"]![check]!["code"]!.GetValue<string>();

    public static async Task<VerifyRun> RunAsync(string[] arguments, string? input = null)
    {
        var (exitCode, output) = await ProcessAsync([.. arguments, "--json"], input);
        return new VerifyRun(exitCode, output, JsonNode.Parse(output)!.AsObject());
    }

    public static async Task<(int ExitCode, string Output)> ProcessAsync(string[] arguments, string? input)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true };
        string[] all = [Path.Combine(AppContext.BaseDirectory, "Coop.Node.dll"), "verify", .. arguments];
        Array.ForEach(all, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, output);
    }
}
