using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Keys;

namespace Coop.Identity.Credentials.Jose;

/// <summary>
/// A JWS in compact form (RFC 7515, section 3.1) with a JSON payload. Strict: canonical base64url, no
/// member twice, no critical extensions, and an algorithm that is the key's own.
/// </summary>
public sealed class CompactJws
{
    private readonly byte[] _signingInput;
    private readonly byte[] _signature;

    private CompactJws(string text, JsonObject header, JsonObject payload, byte[] signature)
    {
        Text = text;
        Header = header;
        Payload = payload;
        _signature = signature;
        _signingInput = Encoding.ASCII.GetBytes(text[..text.LastIndexOf('.')]);
    }

    public string Text { get; }

    public JsonObject Header { get; }

    public JsonObject Payload { get; }

    /// <summary><c>alg</c>.</summary>
    public string Algorithm => Header.Text("alg")!;

    /// <summary><c>typ</c> without the prefix <c>application/</c>; null where there is none.</summary>
    public string? Type => Header.Text("typ") is { } typ
        ? typ.StartsWith("application/", StringComparison.Ordinal) ? typ["application/".Length..] : typ
        : null;

    /// <summary><c>kid</c>; null where there is none.</summary>
    public string? KeyId => Header.Text("kid");

    /// <exception cref="CredentialException">The text is no acceptable JWS; nothing is verified yet.</exception>
    public static CompactJws Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('.', 4);
        if (parts.Length != 3 || !Base64Url.TryDecode(parts[2], out var signature))
        {
            throw Malformed("This is not three parts of base64url in its canonical form.");
        }

        var header = Decode(parts[0]);
        CheckHeader(header);
        return new CompactJws(text, header, Decode(parts[1]), signature);
    }

    /// <summary>Signs a payload; <c>alg</c> is the key's, and <c>kid</c> its name where it has one.</summary>
    public static string Sign(JsonObject header, JsonObject payload, ISigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var complete = new JsonObject { ["alg"] = key.Public.JwsAlgorithm };
        foreach (var (name, value) in header)
        {
            complete[name] = value?.DeepClone();
        }

        var input = Encode(complete) + "." + Encode(payload);
        return input + "." + Base64Url.Encode(key.Sign(Encoding.ASCII.GetBytes(input)));
    }

    /// <summary>Whether the signature is by the key, and by the algorithm that the header names.</summary>
    /// <exception cref="CredentialException">It is not.</exception>
    public void Verify(VerificationKey key)
    {
        ArgumentNullException.ThrowIfNull(key);

        // RFC 9864 names the algorithm of Ed25519 keys "Ed25519"; it is what EdDSA is with such a key.
        if (Algorithm != key.JwsAlgorithm && !(Algorithm == "Ed25519" && key.Type == KeyType.Ed25519))
        {
            throw new CredentialException(
                CredentialCodes.AlgorithmMismatch,
                $"The header says {Algorithm}, and the key is one for {key.JwsAlgorithm}.");
        }

        if (!key.Verify(_signingInput, _signature))
        {
            throw new CredentialException(CredentialCodes.Signature, "The signature is not by the named key.");
        }
    }

    private static void CheckHeader(JsonObject header)
    {
        var algorithm = header.Text("alg") ?? throw Malformed("The header names no algorithm.");
        if (algorithm.Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            throw new CredentialException(CredentialCodes.AlgorithmNone, "The header says that nothing is signed.");
        }

        if (algorithm.StartsWith("HS", StringComparison.Ordinal))
        {
            throw new CredentialException(
                CredentialCodes.AlgorithmMismatch, "The header names a shared secret where a public key belongs.");
        }

        if (algorithm is not ("EdDSA" or "Ed25519" or "ES256" or "ES256K"))
        {
            throw CredentialException.Unsupported(
                CredentialCodes.AlgorithmUnsupported, "The header names an algorithm that is not known here.");
        }

        // RFC 7515, section 4.1.11: what is critical and not understood must be refused. b64 (RFC 7797)
        // has no effect unless it is critical, and is refused with it.
        if (header.ContainsKey("crit") || header.ContainsKey("b64"))
        {
            throw new CredentialException(
                CredentialCodes.Critical, "The header asks for an extension that is not known here.");
        }
    }

    private static string Encode(JsonObject json) => Base64Url.Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static JsonObject Decode(string part) => Base64Url.TryDecode(part, out var bytes)
        ? JsonText.Object(bytes)
        : throw Malformed("A part is not base64url in its canonical form.");

    private static CredentialException Malformed(string message) => new(CredentialCodes.JwsMalformed, message);
}
