namespace Coop.Node.Database.Embedded;

/// <summary>Where a PostgreSQL of the machine may be, newest first.</summary>
internal static class SystemPostgres
{
    private static readonly string[] Roots =
    [
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/opt/homebrew/opt/postgresql*/bin",
        "/usr/local/opt/postgresql*/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
    ];

    public static async Task<IReadOnlyList<string>> FoldersAsync(CancellationToken ct)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var config = await Command.RunAsync("pg_config", ["--bindir"], ct);
        return
        [
            .. path.Where(folder => File.Exists(Path.Combine(folder, "postgres"))),
            .. config.Succeeded ? [config.Output.Trim()] : Array.Empty<string>(),
            .. Roots.SelectMany(Expand),
        ];
    }

    private static IEnumerable<string> Expand(string root)
    {
        var star = root.LastIndexOf('/', root.IndexOf('*', StringComparison.Ordinal));
        var (parent, rest) = (root[..star], root[(star + 1)..].Split('/'));
        return Directory.Exists(parent)
            ? Directory.GetDirectories(parent, rest[0])
                .OrderByDescending(folder => folder, StringComparer.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    System.Globalization.CompareOptions.NumericOrdering))
                .Select(folder => Path.Combine([folder, .. rest[1..]]))
            : [];
    }
}
