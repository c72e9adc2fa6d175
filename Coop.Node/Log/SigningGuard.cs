using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Coop.Federation.Log;
using Microsoft.Win32.SafeHandles;

namespace Coop.Node.Log;

/// <summary>
/// Remembers, outside of the database, the largest log state that this node has signed or has seen
/// signed. A database that was restored from a backup, or whose last commits were lost, is found out
/// by it: docs/decisions/0003-signing.md.
/// </summary>
/// <remarks>
/// The file has two slots of 256 bytes, written in turn and flushed to disk each time, so that a torn
/// write leaves the other one. A slot is one line: turn, size, root (base64), and the SHA-256 of what
/// stands before. Not thread-safe.
/// </remarks>
public sealed class SigningGuard : IDisposable
{
    /// <summary>Its name in the data folder.</summary>
    public const string FileName = "log-signed";

    private const int SlotSizeBytes = 256;
    private const int Slots = 2;

    private readonly SafeFileHandle _file;
    private long _turn;

    private SigningGuard(SafeFileHandle file)
    {
        _file = file;
        (_turn, Last) = Enumerable.Range(0, Slots).Select(ReadSlot).MaxBy(s => s.Turn);
    }

    /// <summary>The largest state recorded; null before the first.</summary>
    public LogState? Last { get; private set; }

    /// <summary>Opens or makes the file. One process has it at a time.</summary>
    public static SigningGuard Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new SigningGuard(
            File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
    }

    /// <summary>
    /// Records a state that is durable in the database, before its checkpoint may be seen. When this
    /// returns it is on disk.
    /// </summary>
    /// <exception cref="LogFaultException">It contradicts what was recorded before.</exception>
    public void Record(LogState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (Last is { } last)
        {
            if (state.Size < last.Size || (state.Size == last.Size && !state.HasRoot(last.Root)))
            {
                throw new LogFaultException(
                    $"A checkpoint of size {state.Size} would contradict the one of size {last.Size} that was signed before.");
            }

            if (state.Size == last.Size)
            {
                return;
            }
        }

        Write(state);
    }

    /// <summary>Forgets what was signed: only where an operator has confirmed the present state.</summary>
    public void Reset(LogState state) => Write(state);

    public void Dispose() => _file.Dispose();

    private void Write(LogState state)
    {
        var turn = _turn + 1;
        var content = string.Create(
            CultureInfo.InvariantCulture, $"{turn} {state.Size} {Convert.ToBase64String(state.Root)} ");
        var line = (content + Digest(content)).PadRight(SlotSizeBytes - 1) + "\n";
        RandomAccess.Write(_file, Encoding.ASCII.GetBytes(line), turn % Slots * SlotSizeBytes);
        RandomAccess.FlushToDisk(_file);
        (_turn, Last) = (turn, state);
    }

    private (long Turn, LogState? State) ReadSlot(int slot)
    {
        var bytes = new byte[SlotSizeBytes];
        var read = RandomAccess.Read(_file, bytes, slot * SlotSizeBytes);
        var parts = Encoding.ASCII.GetString(bytes, 0, read).TrimEnd().Split(' ');
        var isWhole = parts.Length == 4 && Digest($"{parts[0]} {parts[1]} {parts[2]} ") == parts[3];
        return isWhole
            ? (Number(parts[0]), new LogState(Number(parts[1]), Convert.FromBase64String(parts[2])))
            : (0, null);
    }

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    private static string Digest(string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(content)));
}
