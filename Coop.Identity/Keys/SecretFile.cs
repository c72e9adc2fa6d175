using System.Security.Cryptography;

namespace Coop.Identity.Keys;

/// <summary>
/// A small secret in a file that only its owner can read (mode 0600 in a folder of mode 0700).
/// </summary>
/// <remarks>
/// Made once: the bytes are written and flushed to a temporary file, which is then linked to its name, so
/// that a crash leaves either no key or the whole key, and of two processes that start together both end
/// with the same one. On Windows, where there are no modes, the folder's inherited permissions hold.
/// </remarks>
public static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = OwnerOnly | UnixFileMode.UserExecute;
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;
    private const int MaxSizeBytes = 64 * 1024;

    /// <summary>Reads the secret, or makes it with <paramref name="create"/> where there is none.</summary>
    /// <exception cref="IOException">The file is readable by others, too large, or cannot be read.</exception>
    public static byte[] ReadOrCreate(string path, Func<byte[]> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        CreateFolder(folder);
        if (!File.Exists(path))
        {
            Create(path, create());
        }

        return Read(path);
    }

    /// <exception cref="IOException">The file is readable by others, too large, or cannot be read.</exception>
    public static byte[] Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new IOException($"{path} holds a secret and is open to others; run: chmod 600 '{path}'");
        }

        return new FileInfo(path).Length <= MaxSizeBytes
            ? File.ReadAllBytes(path)
            : throw new IOException($"{path} is too large for a key.");
    }

    private static void Create(string path, byte[] secret)
    {
        var temporary = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tmp";
        WriteDurably(temporary, secret);
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first; its key is the key.
            File.Delete(temporary);
        }
    }

    private static void WriteDurably(string path, byte[] bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var stream = new FileStream(path, options);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, FolderMode);
        }
    }
}
