using System.Runtime.InteropServices;

namespace Coop.Node.Database.Embedded;

/// <summary>
/// The npm package that carries PostgreSQL for this system, an optional dependency of the web client.
/// </summary>
internal sealed record NpmPackage(string Folder)
{
    /// <summary>From <c>tests/X/bin/Debug/net10.0</c> it is five steps up to the repository.</summary>
    private const int MaxStepsUp = 6;

    private const string RepositoryMark = "Coop.sln";

    public static string Name => $"@embedded-postgres/{OperatingSystemName}-{ArchitectureName}";

    public string BinFolder => Path.Combine(Folder, "native", "bin");

    private static string OperatingSystemName =>
        OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : "linux";

    private static string ArchitectureName => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x64",
        Architecture.X86 => "ia32",
        Architecture.Arm64 => "arm64",
        Architecture.Arm => "arm",
        Architecture.Ppc64le => "ppc64",
        var other => other.ToString(),
    };

    /// <summary>The installed package, or null.</summary>
    public static NpmPackage? Find()
    {
        var folders = ModuleFolders().Select(modules => Path.Combine([modules, .. Name.Split('/')]));
        return folders.Where(Directory.Exists).Select(folder => new NpmPackage(folder)).FirstOrDefault();
    }

    /// <summary>
    /// Makes the links between library versions that npm packages cannot carry, where npm was told not
    /// to run the package's own step.
    /// </summary>
    public async Task EnsureLinksAsync(CancellationToken ct)
    {
        var list = Path.Combine(Folder, "native", "pg-symlinks.json");
        if (!File.Exists(list) || AllLinksExist(list))
        {
            return;
        }

        // A package in a folder that may not be written, or no node: the probe of `postgres` decides.
        await Command.RunAsync("node", ["scripts/hydrate-symlinks.js"], ct, Folder);
    }

    // Beside a published node, else in the repository that this was built in. Not further: a folder
    // that anyone may write (say /tmp) must not lend us programs.
    private static IEnumerable<string> ModuleFolders()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "node_modules");
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        for (var step = 0; step < MaxStepsUp && folder is not null; step++, folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RepositoryMark)))
            {
                yield return Path.Combine(folder.FullName, "Coop.Node", "web", "node_modules");
                yield break;
            }
        }
    }

    private bool AllLinksExist(string list)
    {
        using var links = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(list));
        return links.RootElement.EnumerateArray()
            .Select(link => Path.Combine(Folder, link.GetProperty("target").GetString()!))
            .All(Path.Exists);
    }
}
