using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Coop.Node.Database.Embedded;

/// <summary>
/// Makes a new database cluster. It grows in a draft folder and gets its name when it is complete, so
/// that a crash at any point leaves either no cluster or a whole one.
/// </summary>
internal static class ClusterMaker
{
    public const string User = "coop";

    private const int PasswordBytes = 24;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Traversable = OwnerOnly | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [UnsupportedOSPlatform("windows")]
    public static async Task MakeAsync(ServerFolder folder, PostgresBinaries binaries, CancellationToken ct)
    {
        var draft = folder.Draft;
        if (Directory.Exists(draft.Root))
        {
            Directory.Delete(draft.Root, recursive: true);
        }

        Directory.CreateDirectory(draft.Root, Traversable);
        Directory.CreateDirectory(draft.Data, OwnerOnly | UnixFileMode.UserExecute);
        Directory.CreateDirectory(draft.LogFolder, OwnerOnly | UnixFileMode.UserExecute);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));
        await WritePrivateAsync(draft.PasswordFile, password, ct);

        var account = await ServerAccount.ChooseAsync(binaries, draft.Root, ct);
        await InitAsync(draft, binaries, account, password, ct);
        Directory.Move(draft.Root, folder.Root);
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task InitAsync(
        ServerFolder draft, PostgresBinaries binaries, ServerAccount account, string password, CancellationToken ct)
    {
        // initdb reads the password as its own user, which may not be ours.
        var handed = Path.Combine(draft.LogFolder, "password");
        await WritePrivateAsync(handed, password, ct);
        await account.OwnAsync(draft.Data, ct);
        await account.OwnAsync(draft.LogFolder, ct);

        string[] locale = binaries.HasBuiltinLocale
            ? ["--locale-provider=builtin", "--locale=C.UTF-8"]
            : ["--locale=C"];
        var made = await Command.RunAsync(
            account.Start(
            [
                binaries.Initdb, "-D", draft.Data, "-U", User, $"--pwfile={handed}",
                "-A", "scram-sha-256", "-E", "UTF8", .. locale,
            ]),
            ct);
        File.Delete(handed);
        if (!made.Succeeded)
        {
            throw new EmbeddedPostgresException(
                $"initdb failed in {draft.Data}: {made.Error.Trim()} {made.Output.Trim()}");
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task WritePrivateAsync(string file, string text, CancellationToken ct)
    {
        await using var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        });
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text), ct);
        stream.Flush(flushToDisk: true);
    }
}
