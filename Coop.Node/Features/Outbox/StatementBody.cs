using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Node.Http;

namespace Coop.Node.Features.Outbox;

/// <summary>Reads statements from requests of peers.</summary>
internal static class StatementBody
{
    /// <exception cref="RefusalException">It is too large, or no statement.</exception>
    public static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var buffer = new byte[Statement.MaxSizeBytes + 1];
        var size = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return size > Statement.MaxSizeBytes
            ? throw ProblemTypes.BodyTooLarge.With($"A statement has at most {Statement.MaxSizeBytes} bytes.")
            : Checked(() => Statement.Parse(buffer.AsSpan(0, size)));
    }

    /// <summary>Turns what the rules refuse into a refusal of the request.</summary>
    public static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (StatementException e)
        {
            throw Refusal(e);
        }
    }

    public static RefusalException Refusal(StatementException e) =>
        ProblemTypes.StatementRefused.With($"{e.Message} ({e.Code})");
}
