using System.Diagnostics;
using Coop.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Coop.EndToEnd.Tests.Browser.Chromium))]
// Several browsers at once starve one another on a small machine.
[assembly: Xunit.v3.Parallelization(MaxThreads = 1)]

namespace Coop.EndToEnd.Tests.Browser;

/// <summary>
/// One headless Chromium of the system's for all tests; each person gets a context of their own.
/// Where it is missing it is installed if that is possible.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    // Nothing but the node is talked to: no updates, no field trials, no synchronisation.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions",
        "--disable-domain-reliability", "--disable-client-side-phishing-detection", "--no-pings",
        "--disable-features=OptimizationHints,MediaRouter,Translate",
    ];

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Exception? _missing;

    /// <summary>The browser; where there is none, the exception that skips locally and fails in CI.</summary>
    public IBrowser Browser => _browser ?? throw _missing!;

    public async ValueTask InitializeAsync()
    {
        var path = Find() ?? (await TryInstallAsync() ? Find() : null);
        if (path is null)
        {
            _missing = Missing.Infrastructure("Chromium is missing; install Debian's package chromium.");
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Headless = true,
            Args = Arguments,
            Timeout = 0,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? Find()
    {
        var given = Environment.GetEnvironmentVariable("COOP_CHROMIUM");
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var found =
            from name in Names
            from folder in folders
            let path = Path.Combine(folder, name)
            where File.Exists(path)
            select path;
        return string.IsNullOrEmpty(given) ? found.FirstOrDefault() : given;
    }

    private static async Task<bool> TryInstallAsync() =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get")
        && await RunAsync("apt-get", "update") && await RunAsync("apt-get", "install", "-y", "chromium");

    private static async Task<bool> RunAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
        };
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
