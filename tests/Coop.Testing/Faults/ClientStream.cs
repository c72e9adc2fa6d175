using System.Buffers.Binary;
using System.Text;

namespace Coop.Testing.Faults;

/// <summary>
/// Reads what a client sends, in PostgreSQL's frontend/backend protocol 3: after the start, messages of
/// one type byte and a 32-bit length that counts itself.
/// </summary>
internal sealed class ClientStream(Stream stream)
{
    private const int LengthBytes = 4;

    private readonly Dictionary<string, string> _prepared = new(StringComparer.Ordinal);

    /// <summary>The first message has no type byte.</summary>
    public async Task<byte[]> ReadStartAsync(CancellationToken ct)
    {
        var length = new byte[LengthBytes];
        await stream.ReadExactlyAsync(length, ct);
        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        length.CopyTo(message, 0);
        await stream.ReadExactlyAsync(message.AsMemory(LengthBytes), ct);
        return message;
    }

    public async Task<byte[]> ReadMessageAsync(CancellationToken ct)
    {
        var head = new byte[1 + LengthBytes];
        await stream.ReadExactlyAsync(head, ct);
        var message = new byte[1 + BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1))];
        head.CopyTo(message, 0);
        await stream.ReadExactlyAsync(message.AsMemory(head.Length), ct);
        return message;
    }

    /// <summary>The next group, or null when the client says goodbye.</summary>
    public async Task<StatementGroup?> ReadGroupAsync(CancellationToken ct)
    {
        List<string> statements = [];
        using var bytes = new MemoryStream();
        while (true)
        {
            var message = await ReadMessageAsync(ct);
            bytes.Write(message);
            switch ((char)message[0])
            {
                case 'X':
                    return null;
                case 'P':
                    var name = TextAt(message, 1 + LengthBytes, out var next);
                    _prepared[name] = TextAt(message, next, out _);
                    break;
                case 'B':
                    TextAt(message, 1 + LengthBytes, out var afterPortal);
                    statements.Add(_prepared[TextAt(message, afterPortal, out _)]);
                    break;
                case 'Q':
                    statements.Add(TextAt(message, 1 + LengthBytes, out _));
                    return new(statements, bytes.ToArray());
                case 'S':
                    return new(statements, bytes.ToArray());
            }
        }
    }

    private static string TextAt(byte[] message, int start, out int next)
    {
        var end = Array.IndexOf(message, (byte)0, start);
        next = end + 1;
        return Encoding.UTF8.GetString(message, start, end - start);
    }
}
