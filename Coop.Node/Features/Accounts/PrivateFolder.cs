namespace Coop.Node.Features.Accounts;

/// <summary>Folders and files that only the node's own user can read.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder, closed to others; a folder that is there already is closed too.</summary>
    public static DirectoryInfo Ensure(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(path);
        }

        // The parents keep their usual mode: the embedded database's user passes through the data folder.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var folder = Directory.CreateDirectory(path, OwnerOnly);
        File.SetUnixFileMode(path, OwnerOnly);
        return folder;
    }
}
