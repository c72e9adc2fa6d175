using System.Diagnostics;
using Coop.Testing;

namespace Coop.Ledger.Tests.Exchange;

/// <summary>A program of somebody else's that judges our files (Debian: hledger, beancount).</summary>
internal static class OutsideTool
{
    /// <summary>Runs it; answers its output.</summary>
    /// <exception cref="InvalidOperationException">It found a fault, in its own words.</exception>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (exitCode, output) = await TryAsync(program, arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{program}: {output}");
    }

    public static async Task<(int ExitCode, string Output)> TryAsync(string program, params string[] arguments)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw Missing.Infrastructure($"no {program}: install hledger and beancount");
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
