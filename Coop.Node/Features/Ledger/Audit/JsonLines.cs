using System.Buffers;
using System.Text.Json;

namespace Coop.Node.Features.Ledger.Audit;

/// <summary>JSON objects, one a line, sent a piece at a time. What is not sent when it is disposed of is lost if the sending failed before.</summary>
/// <param name="to">Where to; stays open.</param>
/// <param name="pieceSizeBytes">How much is gathered before it is sent.</param>
internal sealed class JsonLines(Stream to, int pieceSizeBytes) : IAsyncDisposable
{
    private readonly ArrayBufferWriter<byte> _piece = new(2 * pieceSizeBytes);
    private Utf8JsonWriter? _writer;

    /// <summary>For an object that is written in parts, up to <see cref="EndAsync"/>.</summary>
    public Utf8JsonWriter Writer => _writer ??= new(_piece);

    /// <summary>Writes one object.</summary>
    public Task AddAsync(Action<Utf8JsonWriter> members, CancellationToken ct)
    {
        Writer.WriteStartObject();
        members(Writer);
        return EndAsync(ct);
    }

    /// <summary>Ends the object and the line.</summary>
    public async Task EndAsync(CancellationToken ct)
    {
        Writer.WriteEndObject();
        await Writer.FlushAsync(ct);
        Writer.Reset();
        _piece.Write("\n"u8);
        if (_piece.WrittenCount >= pieceSizeBytes)
        {
            await to.WriteAsync(_piece.WrittenMemory, ct);
            _piece.ResetWrittenCount();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }

        await to.WriteAsync(_piece.WrittenMemory);
    }
}
