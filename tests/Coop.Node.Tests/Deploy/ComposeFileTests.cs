using Coop.Node.Database.Embedded;
using Coop.Node.Tests.Http;
using Coop.Testing;

namespace Coop.Node.Tests.Deploy;

/// <summary>docker-compose.federation.yml against the Compose schema, which docker-compose brings along.</summary>
public sealed class ComposeFileTests : IDisposable
{
    private const string FileName = "docker-compose.federation.yml";
    private const int NotInstalled = 127;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coop-compose-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task File_IsOfTheSchema_AndHasTwoCoopsEachOnItsOwnCockroach()
    {
        var services = await ComposeAsync(RepositoryFile.PathOf(FileName), "config", "--services");
        Assert.True(services.Succeeded, services.Error);
        Assert.Equal(
            ["acorn", "acorn-db", "beech", "beech-db", "certificates", "proxy"],
            services.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("restart: unless-stopped", "restarts: unless-stopped")]
    [InlineData("condition: service_healthy", "condition: service_happy")]
    [InlineData("depends_on:", "depend_on:")]
    public async Task File_WithAMistake_IsRefused(string right, string wrong)
    {
        var text = await File.ReadAllTextAsync(RepositoryFile.PathOf(FileName), Token);
        Assert.Contains(right, text, StringComparison.Ordinal);
        var changed = Path.Combine(_folder.FullName, "changed.yml");
        await File.WriteAllTextAsync(changed, text.Replace(right, wrong, StringComparison.Ordinal), Token);
        Assert.False((await ComposeAsync(changed, "config", "--quiet")).Succeeded);
    }

    private static async Task<Command.Result> ComposeAsync(string file, params string[] arguments)
    {
        var result = await Command.RunAsync("docker-compose", ["--file", file, .. arguments], Token);
        return result.ExitCode == NotInstalled
            ? throw Missing.Infrastructure("docker-compose is not installed (Debian: docker-compose).")
            : result;
    }
}
