using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Coop.Identity.Json;
using Coop.Node.Http;

namespace Coop.Node.Features.Commons;

/// <summary>A document that is shared: JSON, CSV, or any bytes.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="MediaType">E.g. <c>text/csv</c>.</param>
/// <param name="Content">At most <see cref="MaxSizeBytes"/>.</param>
internal sealed partial record Document(string Title, string MediaType, ReadOnlyMemory<byte> Content)
{
    public const int MaxSizeBytes = 256 * 1024;
    public const int MaxTitleLength = 200;
    public const string Json = "application/json";
    public const string Csv = "text/csv";

    private const int MaxMediaTypeLength = 100;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <exception cref="RefusalException">A field is out of range, or the content is not of its type.</exception>
    public static Document Parse(string? title, string? mediaType, string? base64)
    {
        var type = Fields.Text(mediaType, "mediaType", 1, MaxMediaTypeLength);
        var document = new Document(
            Fields.Text(title, "title", 1, MaxTitleLength),
            MediaTypePattern().IsMatch(type) ? type : throw Fields.Invalid("mediaType", "must be like text/csv."),
            Bytes(base64));
        return document.MediaType switch
        {
            Json when !IsJson(document.Content.Span) => throw Fields.Invalid("content", "is not JSON."),
            Csv when Text(document.Content.Span) is null => throw Fields.Invalid("content", "is not text in UTF-8."),
            _ => document,
        };
    }

    /// <summary>As the payload of its event: text as text, where it is text.</summary>
    public JsonObject ToJson()
    {
        var text = MediaType is Json or Csv ? Text(Content.Span) : null;
        return new()
        {
            ["title"] = Title,
            ["mediaType"] = MediaType,
            ["sizeBytes"] = Content.Length,
            ["encoding"] = text is null ? "base64" : "utf-8",
            ["content"] = text ?? Convert.ToBase64String(Content.Span),
        };
    }

    private static byte[] Bytes(string? base64)
    {
        var bytes = new byte[MaxSizeBytes + 2];
        return base64 is { Length: <= (MaxSizeBytes + 2) / 3 * 4 }
            && Convert.TryFromBase64String(base64, bytes, out var size) && size is >= 1 and <= MaxSizeBytes
                ? bytes[..size]
                : throw Fields.Invalid("content", $"must be 1 to {MaxSizeBytes} bytes in base64.");
    }

    private static bool IsJson(ReadOnlySpan<byte> utf8)
    {
        try
        {
            CanonicalJson.Parse(utf8);
            return true;
        }
        catch (CanonicalJsonException)
        {
            return false;
        }
    }

    private static string? Text(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var text = StrictUtf8.GetString(utf8);
            // PostgreSQL keeps no NUL in a text.
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex MediaTypePattern();
}
