using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Keys;

namespace Coop.Identity.Credentials.SdJwt;

/// <summary>
/// One claim that the holder may keep back (RFC 9901, section 4.2): base64url of a JSON array of salt,
/// name and value, or of salt and value within an array. Its SHA-256 stands in the signed part.
/// </summary>
/// <param name="Text">As it is transported.</param>
/// <param name="Name">The claim's name; null for an element of an array.</param>
/// <param name="Value">The claim's value.</param>
public sealed record Disclosure(string Text, string? Name, JsonNode? Value)
{
    /// <summary>128 bits, as section 9.3 asks for.</summary>
    public const int SaltSizeBytes = 16;

    /// <summary>base64url of SHA-256 over the text (section 4.2.3).</summary>
    public string Digest => DigestOf(Text);

    /// <summary>A new one for a claim of an object.</summary>
    public static Disclosure Create(string name, JsonNode? value, ReadOnlySpan<byte> salt)
    {
        var array = new JsonArray(Base64Url.Encode(salt), name, value?.DeepClone());
        return new Disclosure(Base64Url.Encode(Encoding.UTF8.GetBytes(array.ToJsonString())), name, value);
    }

    /// <exception cref="CredentialException">The text is no disclosure.</exception>
    public static Disclosure Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Decode(text) switch
        {
            JsonArray { Count: 3 } a when IsText(a[0]) && IsText(a[1]) => new(text, NameOf(a[1]!), a[2]),
            JsonArray { Count: 2 } a when IsText(a[0]) => new(text, null, a[1]),
            _ => throw Invalid("A disclosure is not a salt, a name and a value."),
        };
    }

    internal static string DigestOf(string text) => Base64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    internal static CredentialException Invalid(string message) => new(CredentialCodes.Disclosure, message);

    // Section 4.2.1: these names have a meaning of their own.
    private static string NameOf(JsonNode node) => node.GetValue<string>() is var name && name is "_sd" or "..."
        ? throw Invalid("A disclosure has a name that is reserved.")
        : name;

    private static JsonNode? Decode(string text)
    {
        try
        {
            return JsonText.Parse(Base64Url.Decode(text));
        }
        catch (FormatException e)
        {
            throw new CredentialException(CredentialCodes.Disclosure, "A disclosure is not base64url of JSON.", e);
        }
    }

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;
}
