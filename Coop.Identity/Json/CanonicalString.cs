using System.Buffers;
using System.Text;

namespace Coop.Identity.Json;

/// <summary>RFC 8785, section 3.2.2.2: strings with the shortest escapes, everything else as UTF-8.</summary>
internal static class CanonicalString
{
    private static readonly SearchValues<char> NeedsEscape = SearchValues.Create(
        "\"\\" + string.Concat(Enumerable.Range(0, 0x20).Select(c => (char)c)));

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        while (text.IndexOfAny(NeedsEscape) is >= 0 and var at)
        {
            WritePlain(output, text[..at]);
            WriteEscaped(output, text[at]);
            text = text[(at + 1)..];
        }

        WritePlain(output, text);
        output.Write("\""u8);
    }

    private static void WritePlain(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        try
        {
            var span = output.GetSpan(StrictUtf8.GetMaxByteCount(text.Length));
            output.Advance(StrictUtf8.GetBytes(text, span));
        }
        catch (EncoderFallbackException e)
        {
            throw new CanonicalJsonException("A string holds a lone surrogate.", e);
        }
    }

    private static void WriteEscaped(IBufferWriter<byte> output, char c)
    {
        switch (c)
        {
            case '"': output.Write("\\\""u8); break;
            case '\\': output.Write("\\\\"u8); break;
            case '\b': output.Write("\\b"u8); break;
            case '\t': output.Write("\\t"u8); break;
            case '\n': output.Write("\\n"u8); break;
            case '\f': output.Write("\\f"u8); break;
            case '\r': output.Write("\\r"u8); break;
            default: output.Write(Encoding.ASCII.GetBytes($"\\u{(int)c:x4}")); break;
        }
    }
}
