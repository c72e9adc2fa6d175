using System.Diagnostics;

namespace Coop.Node.Database.Embedded;

/// <summary>
/// Whom PostgreSQL's programs run as. They refuse to run as root, so a root node lends them another
/// user: <c>nobody</c>, where that one can reach the folders; else a user namespace without a mapping,
/// in which the process is not root but still owns root's files (a folder below <c>/root</c>).
/// </summary>
internal sealed class ServerAccount
{
    public static readonly ServerAccount Own = new(null, []);
    public static readonly ServerAccount Nobody = new("nobody", []);
    public static readonly ServerAccount OwnNamespace = new(null, ["unshare", "--user"]);

    private readonly string? _userName;
    private readonly string[] _prefix;

    private ServerAccount(string? userName, string[] prefix)
    {
        _userName = userName;
        _prefix = prefix;
    }

    /// <summary>The account that can run <paramref name="binaries"/> on <paramref name="folder"/>.</summary>
    public static async Task<ServerAccount> ChooseAsync(
        PostgresBinaries binaries, string folder, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return Own;
        }

        foreach (var account in new[] { Nobody, OwnNamespace })
        {
            if (await account.CanUseAsync(binaries, folder, ct))
            {
                return account;
            }
        }

        throw new EmbeddedPostgresException(
            $"PostgreSQL does not run as root, the user nobody cannot reach {folder} or "
            + $"{binaries.Folder}, and this system allows no user namespaces. Set COOP_DATA to a folder "
            + "that others may enter (for example /var/lib/coop), or run the node as an ordinary user, "
            + "or set COOP_DATABASE.");
    }

    /// <summary>How a program is started under this account; relative paths mean nothing in it.</summary>
    public ProcessStartInfo Start(IEnumerable<string> commandLine)
    {
        string[] all = [.. _prefix, .. commandLine];
        var start = new ProcessStartInfo(all[0], all[1..]) { WorkingDirectory = "/" };
        if (_userName is not null)
        {
            start.UserName = _userName;
        }

        // The operator's PG… variables would steer the programs, and our settings hold secrets.
        foreach (var name in start.Environment.Keys.Where(IsNotForServer).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <summary>Hands a folder with all that is in it to this account.</summary>
    public async Task OwnAsync(string folder, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        var owner = _userName ?? "0";
        var changed = await Command.RunAsync("chown", ["-RhP", owner, folder], ct);
        if (!changed.Succeeded)
        {
            throw new EmbeddedPostgresException($"Cannot give {folder} to {owner}: {changed.Error.Trim()}");
        }
    }

    private async Task<bool> CanUseAsync(PostgresBinaries binaries, string folder, CancellationToken ct)
    {
        const string script = "test \"$(id -u)\" != 0 && test -x \"$1\" && \"$0\" --version";
        var tried = await Command.RunAsync(
            Start(["/bin/sh", "-c", script, binaries.Postgres, folder]), ct);
        return tried.Succeeded;
    }

    private static bool IsNotForServer(string name) =>
        name.StartsWith("PG", StringComparison.Ordinal) || name.StartsWith("COOP_", StringComparison.Ordinal);
}
