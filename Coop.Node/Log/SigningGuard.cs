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
/// write leaves the other one. A slot is one line: turn, size, root (base64), the identity of the file that was
/// trusted last (see <see cref="FileIdentity"/>), and the SHA-256 of what stands before. Slots without an
/// identity are of earlier versions and are trusted. Not thread-safe.
/// </remarks>
public sealed class SigningGuard : IDisposable
{
    /// <summary>Its name in the data folder.</summary>
    public const string FileName = "log-signed";

    private const int SlotSizeBytes = 256;
    private const int Slots = 2;

    /// <summary>Stands in a slot where the file was never trusted.</summary>
    private const string NoIdentity = "-";

    private readonly SafeFileHandle _file;
    private readonly string _identity;
    private string _trusted;
    private long _turn;

    private SigningGuard(SafeFileHandle file, string identity)
    {
        (_file, _identity) = (file, identity);
        var last = Enumerable.Range(0, Slots).Select(ReadSlot).MaxBy(s => s.Turn);
        (_turn, Last, _trusted) = (last.Turn, last.State, last.Trusted ?? identity);
    }

    /// <summary>
    /// Whether what the file says is all that was signed here. Not so for a file that is new, or that was put
    /// back from a copy; then <see cref="Trust"/> must be called first.
    /// </summary>
    public bool IsTrusted => _trusted == _identity;

    /// <summary>The largest state recorded; null before the first.</summary>
    public LogState? Last { get; private set; }

    /// <summary>Opens or makes the file. One process has it at a time.</summary>
    public static SigningGuard Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        return new SigningGuard(file, FileIdentity.Of(path));
    }

    /// <summary>
    /// Records a state that is durable in the database, before its checkpoint may be seen. When this
    /// returns it is on disk.
    /// </summary>
    /// <exception cref="LogFaultException">It contradicts what was recorded before.</exception>
    public void Record(LogState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!SigningRule.MayFollow(Last, state))
        {
            throw new LogFaultException(
                $"A checkpoint of size {state.Size} would contradict the one of size {Last!.Size} that was signed before.");
        }

        if (state.Size == Last?.Size)
        {
            return;
        }

        Write(state);
    }

    /// <summary>Forgets what was signed: only where an operator has confirmed the present state.</summary>
    public void Reset(LogState state) => Write(state);

    /// <summary>From now on this very file is trusted.</summary>
    public void Trust()
    {
        if (IsTrusted)
        {
            return;
        }

        _trusted = _identity;
        if (Last is { } last)
        {
            Write(last);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Write(LogState state)
    {
        var turn = _turn + 1;
        var content = string.Create(
            CultureInfo.InvariantCulture, $"{turn} {state.Size} {Convert.ToBase64String(state.Root)} {_trusted} ");
        var line = (content + Digest(content)).PadRight(SlotSizeBytes - 1) + "\n";
        RandomAccess.Write(_file, Encoding.ASCII.GetBytes(line), turn % Slots * SlotSizeBytes);
        RandomAccess.FlushToDisk(_file);
        (_turn, Last) = (turn, state);
    }

    private (long Turn, LogState? State, string? Trusted) ReadSlot(int slot)
    {
        var bytes = new byte[SlotSizeBytes];
        var read = RandomAccess.Read(_file, bytes, slot * SlotSizeBytes);
        var parts = Encoding.ASCII.GetString(bytes, 0, read).TrimEnd().Split(' ');
        var isWhole = parts.Length is 4 or 5 && Digest(string.Join(' ', parts[..^1]) + " ") == parts[^1];
        return isWhole
            ? (Number(parts[0]), new LogState(Number(parts[1]), Convert.FromBase64String(parts[2])), parts.Length == 5 ? parts[3] : null)
            : (0, null, NoIdentity);
    }

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    private static string Digest(string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(content)));
}
