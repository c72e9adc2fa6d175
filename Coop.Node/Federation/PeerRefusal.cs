using System.Text.Json.Nodes;
using Coop.Identity.Json;
using Coop.Identity.Net;

namespace Coop.Node.Federation;

/// <summary>Reads a peer's problem details (RFC 9457), which nobody has checked.</summary>
internal static class PeerRefusal
{
    private const int MaxTypeLength = 200;
    private const int MaxDetailLength = 300;

    public static PeerException Of(OutboundAnswer answer)
    {
        var problem = Parse(answer.Body.Span);
        return new PeerException(
            answer.Status, Text(problem, "type", MaxTypeLength), Text(problem, "detail", MaxDetailLength));
    }

    private static JsonObject? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return CanonicalJson.Parse(body) as JsonObject;
        }
        catch (CanonicalJsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject? problem, string name, int maxLength) =>
        problem?[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length <= maxLength
        && !text.Any(char.IsControl)
            ? text
            : null;
}
