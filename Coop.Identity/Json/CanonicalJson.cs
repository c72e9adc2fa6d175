using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Coop.Identity.Json;

/// <summary>
/// JSON Canonicalization Scheme, RFC 8785: no white space, members ordered by the UTF-16 code units of
/// their names (section 3.2.3), strings with the shortest escapes (3.2.2.2), numbers as ECMAScript
/// writes them (3.2.2.3).
/// </summary>
/// <remarks>
/// Stricter than the RFC in one thing: an integer that an IEEE 754 double does not hold exactly is
/// refused instead of rounded. Thread-safe.
/// </remarks>
public static class CanonicalJson
{
    /// <summary>Objects and arrays within each other; deeper is refused.</summary>
    public const int MaxDepth = 64;

    /// <summary>The canonical UTF-8 bytes of a value.</summary>
    /// <exception cref="CanonicalJsonException">
    /// A lone surrogate, a number that is not finite or not exact, or nesting beyond <see cref="MaxDepth"/>.
    /// </exception>
    public static byte[] Serialize(JsonNode? node)
    {
        var output = new ArrayBufferWriter<byte>(512);
        WriteValue(output, node, 0);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The canonical UTF-8 bytes of an object as if it had no member of that name.</summary>
    /// <exception cref="CanonicalJsonException">As for <see cref="Serialize"/>.</exception>
    public static byte[] SerializeWithout(JsonObject value, string name)
    {
        ArgumentNullException.ThrowIfNull(value);
        var output = new ArrayBufferWriter<byte>(512);
        WriteObject(output, value, 0, name);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Parses JSON text, with the RFC's preconditions (I-JSON, RFC 7493): no duplicate names, and every
    /// string is one of Unicode, so that reading it later cannot fail.
    /// </summary>
    /// <exception cref="CanonicalJsonException">
    /// The text is not JSON in UTF-8, has a member twice, or a lone surrogate.
    /// </exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw new CanonicalJsonException("This is not UTF-8.");
        }

        var options = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = MaxDepth };
        try
        {
            var node = JsonNode.Parse(utf8, documentOptions: options);
            CheckEscapes(utf8);
            return node;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CanonicalJsonException("This is not JSON without duplicate members and lone surrogates.", e);
        }
    }

    /// <summary>Whether these bytes are JSON in exactly the canonical form.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Serialize(Parse(utf8)).AsSpan().SequenceEqual(utf8);
        }
        catch (CanonicalJsonException)
        {
            return false;
        }
    }

    // A lone surrogate can only be written as an escape, and the parser would leave it for whoever reads it.
    private static void CheckEscapes(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }
    }

    private static void WriteValue(ArrayBufferWriter<byte> output, JsonNode? node, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new CanonicalJsonException($"Nested deeper than {MaxDepth}.");
        }

        switch (node)
        {
            case null:
                output.Write("null"u8);
                break;
            case JsonObject o:
                WriteObject(output, o, depth);
                break;
            case JsonArray a:
                WriteArray(output, a, depth);
                break;
            default:
                WriteScalar(output, node);
                break;
        }
    }

    private static void WriteObject(ArrayBufferWriter<byte> output, JsonObject value, int depth, string? without = null)
    {
        output.Write("{"u8);
        var first = true;
        foreach (var (name, member) in value.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            if (name == without)
            {
                continue;
            }

            if (!first)
            {
                output.Write(","u8);
            }

            first = false;
            CanonicalString.Write(output, name);
            output.Write(":"u8);
            WriteValue(output, member, depth + 1);
        }

        output.Write("}"u8);
    }

    private static void WriteArray(ArrayBufferWriter<byte> output, JsonArray value, int depth)
    {
        output.Write("["u8);
        for (var i = 0; i < value.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            WriteValue(output, value[i], depth + 1);
        }

        output.Write("]"u8);
    }

    private static void WriteScalar(ArrayBufferWriter<byte> output, JsonNode node)
    {
        switch (node.GetValueKind())
        {
            case JsonValueKind.String:
                CanonicalString.Write(output, Text(node));
                break;
            case JsonValueKind.Number:
                CanonicalNumber.Write(output, node.ToJsonString());
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            default:
                throw new CanonicalJsonException($"A {node.GetValueKind()} has no canonical form.");
        }
    }

    // A value made from a Guid, a date or an enum is a JSON string only once it is serialized.
    private static string Text(JsonNode node)
    {
        try
        {
            return node.AsValue().TryGetValue<string>(out var text)
                ? text
                : JsonSerializer.Deserialize<string>(node.ToJsonString())!;
        }
        catch (InvalidOperationException e)
        {
            // System.Text.Json's word for an escaped lone surrogate.
            throw new CanonicalJsonException("A string holds a lone surrogate.", e);
        }
    }
}
