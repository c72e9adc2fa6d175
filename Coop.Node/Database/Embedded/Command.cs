using System.Diagnostics;

namespace Coop.Node.Database.Embedded;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <param name="ExitCode">127 when the program could not be started.</param>
    /// <param name="Output">What it printed.</param>
    /// <param name="Error">What it complained about.</param>
    internal sealed record Result(int ExitCode, string Output, string Error)
    {
        public bool Succeeded => ExitCode == 0;
    }

    /// <summary>Runs the program as this process's own user.</summary>
    public static Task<Result> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken ct, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments);
        if (folder is not null)
        {
            start.WorkingDirectory = folder;
        }

        return RunAsync(start, ct);
    }

    public static async Task<Result> RunAsync(ProcessStartInfo start, CancellationToken ct)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new Result(process.ExitCode, await output, await error);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new Result(127, "", e.Message);
        }
    }
}
