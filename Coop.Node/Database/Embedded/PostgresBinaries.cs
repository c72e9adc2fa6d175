using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Coop.Node.Database.Embedded;

/// <summary>The folder that holds <c>initdb</c> and <c>postgres</c> of one PostgreSQL.</summary>
/// <param name="Folder">Absolute.</param>
/// <param name="MajorVersion">A data folder is bound to the major version that made it.</param>
internal sealed partial record PostgresBinaries(string Folder, int MajorVersion)
{
    /// <summary>The oldest that is tried; the packaged one is 18.</summary>
    public const int OldestMajorVersion = 15;

    /// <summary>From here on a locale is built in that sorts the same on every machine.</summary>
    private const int FirstWithBuiltinLocale = 17;

    public string Initdb => Path.Combine(Folder, "initdb");

    public string Postgres => Path.Combine(Folder, "postgres");

    public bool HasBuiltinLocale => MajorVersion >= FirstWithBuiltinLocale;

    /// <summary>
    /// The first PostgreSQL that runs here: the npm package's, else one of the machine. Where a data
    /// folder exists, the one of its version.
    /// </summary>
    public static async Task<PostgresBinaries> FindAsync(int? wantedMajor, CancellationToken ct)
    {
        var seen = new List<string>();
        foreach (var folder in await CandidatesAsync(ct))
        {
            if (await ProbeAsync(folder, ct) is not { } found)
            {
                continue;
            }

            if (found.MajorVersion >= OldestMajorVersion && (wantedMajor ?? found.MajorVersion) == found.MajorVersion)
            {
                return found;
            }

            seen.Add($"{found.MajorVersion} in {found.Folder}");
        }

        throw new EmbeddedPostgresException(Advice(wantedMajor, seen));
    }

    private static async Task<IReadOnlyList<string>> CandidatesAsync(CancellationToken ct)
    {
        List<string> folders = [];
        if (NpmPackage.Find() is { } package)
        {
            await package.EnsureLinksAsync(ct);
            folders.Add(package.BinFolder);
        }

        folders.AddRange(await SystemPostgres.FoldersAsync(ct));
        return folders;
    }

    private static async Task<PostgresBinaries?> ProbeAsync(string folder, CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(folder, "initdb")))
        {
            return null;
        }

        var version = await Command.RunAsync(Path.Combine(folder, "postgres"), ["--version"], ct);
        var match = MajorPattern.Match(version.Output);
        return version.Succeeded && match.Success
            ? new(folder, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            : null;
    }

    private static string Advice(int? wantedMajor, List<string> seen)
    {
        var wanted = wantedMajor is { } major
            ? $"The data folder was made by PostgreSQL {major}, and no PostgreSQL {major} runs here"
            : $"No PostgreSQL (at least {OldestMajorVersion}) runs here";
        var found = seen.Count == 0 ? "" : $" (found: {string.Join(", ", seen)})";
        return $"{wanted}{found}. Run `npm ci` in Coop.Node/web, which brings {NpmPackage.Name}"
            + (RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? ", or install the package `postgresql`" : "")
            + ", or set COOP_DATABASE to the connection string of a server.";
    }

    [GeneratedRegex(@"PostgreSQL\) (\d+)")]
    private static partial Regex MajorPattern { get; }
}
