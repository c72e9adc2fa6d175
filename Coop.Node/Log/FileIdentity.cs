using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Coop.Node.Log;

/// <summary>
/// What tells a file from a copy of it with the same content and times: on Linux its inode and when the inode
/// was made (statx), elsewhere when the file was made. A file that was put back from a backup has another; one
/// that came back with a whole disk, e.g. a machine's snapshot, has the same.
/// </summary>
internal static class FileIdentity
{
    private const int SizeChars = 32;

    private const int AtWorkingDirectory = -100;
    private const uint Inode = 0x100;
    private const uint BirthTime = 0x800;

    // struct statx, as the kernel fixes it for every machine.
    private const int StatxSizeBytes = 256;
    private const int InodeOffset = 32;
    private const int BirthSecondsOffset = 80;
    private const int BirthNanosecondsOffset = 88;

    /// <summary>Hexadecimal digits; the same as long as it is the same file.</summary>
    public static string Of(string path)
    {
        var identity = OperatingSystem.IsLinux() ? OnLinux(path) : null;
        identity ??= File.GetCreationTimeUtc(path).Ticks.ToString(CultureInfo.InvariantCulture);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(identity)))[..SizeChars];
    }

    private static string? OnLinux(string path)
    {
        var stat = new byte[StatxSizeBytes];
        if (Statx(AtWorkingDirectory, path, 0, Inode | BirthTime, stat) != 0)
        {
            return null;
        }

        // A file system that keeps no time of birth leaves it zero; the inode alone says less, and no wrong.
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{BitConverter.ToUInt64(stat, InodeOffset)} {BitConverter.ToInt64(stat, BirthSecondsOffset)} "
            + $"{BitConverter.ToUInt32(stat, BirthNanosecondsOffset)}");
    }

    [DllImport("libc", EntryPoint = "statx", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, string path, int flags, uint mask, [Out] byte[] stat);
}
