using System.Diagnostics;
using Coop.EndToEnd.Tests.Browser;

namespace Coop.EndToEnd.Tests;

/// <summary>The client's own tests and its type check, which <c>npm test</c> runs.</summary>
public sealed class ClientUnitTests
{
    [Fact]
    public async Task NpmTest_Passes()
    {
        // npm is a script on Windows, which only a shell can start.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd", ["/c", "npm", "test"])
            : new ProcessStartInfo("npm", ["test"]);
        start.WorkingDirectory = Repository.Web;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["NO_COLOR"] = "1";
        start.Environment.Remove("FORCE_COLOR");
        using var npm = Process.Start(start)!;
        var errors = npm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await npm.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await npm.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(npm.ExitCode == 0, $"npm test ended with {npm.ExitCode}:\n{output}\n{await errors}");
        Assert.Matches(@"Tests\s+\d+ passed", output);
    }
}
