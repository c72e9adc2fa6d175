using System.Diagnostics;
using System.Text.Json;

namespace Coop.Testing.Judges;

/// <summary>
/// The outside judge of a log's bytes: tests/judges/go, a program over the Go project's own transparency-log
/// packages. Built once a process, where Go and the packages are there (Debian: golang-1.19-go and
/// golang-golang-x-mod-dev).
/// </summary>
public static class LogJudge
{
    private const string DebianGo = "/usr/lib/go-1.19/bin/go";
    private const string Packages = "/usr/share/gocode";

    private static readonly Lazy<Task<string>> Program = new(BuildAsync);

    /// <summary>What the judge says.</summary>
    /// <param name="Accepts">Whether all of it verifies.</param>
    /// <param name="Answer">What it checked; undefined where it refuses.</param>
    /// <param name="Reason">Why it refuses, in its own words; else empty.</param>
    public sealed record Verdict(bool Accepts, JsonElement Answer, string Reason)
    {
        public long Number(string member) => Answer.GetProperty(member).GetInt64();
    }

    /// <summary>Has a log judged.</summary>
    /// <param name="prefix">Its address, e.g. <c>http://localhost:5080/log</c>.</param>
    /// <param name="vkey">Its key.</param>
    /// <param name="options">Those of the program.</param>
    /// <exception cref="MissingInfrastructureException">There is no Go here.</exception>
    public static async Task<Verdict> AskAsync(Uri prefix, string vkey, params string[] options)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var (exitCode, output, errors) = await RunAsync(await Program.Value, null, [.. options, prefix.AbsoluteUri, vkey]);
        return exitCode switch
        {
            0 => new Verdict(true, JsonDocument.Parse(output).RootElement, ""),
            1 when errors.StartsWith("refused:", StringComparison.Ordinal) => new Verdict(false, default, errors),
            _ => throw new InvalidOperationException($"The judge failed: {errors}"),
        };
    }

    private static async Task<string> BuildAsync()
    {
        if (!Directory.Exists(Path.Combine(Packages, "src", "golang.org", "x", "mod", "sumdb", "tlog")))
        {
            throw Missing.Infrastructure("no Go packages to judge logs with: install golang-golang-x-mod-dev");
        }

        var folder = Directory.CreateTempSubdirectory("coop-judge-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var program = Path.Combine(folder.FullName, "logjudge");
        var (exitCode, _, errors) = await RunAsync(
            FindGo(), Path.Combine(Repository(), "tests", "judges", "go"), ["build", "-o", program, "."]);
        return exitCode == 0 ? program : throw new InvalidOperationException($"The judge does not build: {errors}");
    }

    private static string FindGo() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "go"))
            .Append(DebianGo)
            .FirstOrDefault(File.Exists)
        ?? throw Missing.Infrastructure("no Go to build the judge of logs with: install golang-1.19-go");

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string program, string? folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GO111MODULE"] = "off";
        start.Environment["GOPATH"] = Packages;
        if (Environment.GetEnvironmentVariable("HOME") is not { Length: > 0 })
        {
            start.Environment["GOCACHE"] = Path.Combine(Path.GetTempPath(), "coop-go-cache");
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Coop.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
