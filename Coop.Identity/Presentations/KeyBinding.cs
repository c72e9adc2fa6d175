using System.Text.Json.Nodes;
using Coop.Identity.Credentials.Jose;
using Coop.Identity.Credentials.SdJwt;
using Coop.Identity.Keys;

namespace Coop.Identity.Presentations;

/// <summary>The holder's proof of an SD-JWT: a key-binding JWT (RFC 9901, section 4.3).</summary>
public static class KeyBinding
{
    public const string Type = "kb+jwt";

    /// <summary>The SD-JWT with the holder's proof behind it.</summary>
    /// <param name="sdJwt">The SD-JWT with the disclosures that are to be shown, without a proof.</param>
    /// <param name="key">The key that the credential names (<c>cnf</c>).</param>
    /// <param name="audience">For whom the presentation is.</param>
    /// <param name="nonce">As the verifier gave it.</param>
    /// <param name="now">The time of the proof.</param>
    public static string Present(string sdJwt, ISigningKey key, string audience, string nonce, DateTimeOffset now)
    {
        var parsed = SdJwtText.Parse(sdJwt);
        var payload = new JsonObject
        {
            ["iat"] = now.ToUnixTimeSeconds(),
            ["aud"] = audience,
            ["nonce"] = nonce,
            ["sd_hash"] = parsed.Hash,
        };
        return parsed.WithoutKeyBinding + CompactJws.Sign(new JsonObject { ["typ"] = Type }, payload, key);
    }
}
