using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Credentials.Jose;
using Coop.Identity.Credentials.Verification;
using Coop.Identity.Dids;
using Coop.Identity.Keys;

namespace Coop.Identity.Presentations;

/// <summary>
/// The proof with which a wallet asks for a credential: a JWT of the type <c>openid4vci-proof+jwt</c>
/// (OpenID4VCI 1.0, appendix F.1).
/// </summary>
public static class JwtProof
{
    public const string Type = "openid4vci-proof+jwt";

    private const int MaxLength = 16 * 1024;

    private static readonly string[] KeyParameters = ["kid", "jwk", "x5c", "trust_chain"];

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    /// <summary>Signs a proof as a wallet does, naming the key by its DID URL.</summary>
    public static string Sign(IssuerKey holder, string audience, string? nonce, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(holder);
        var payload = new JsonObject { ["aud"] = audience, ["iat"] = now.ToUnixTimeSeconds() };
        if (nonce is not null)
        {
            payload["nonce"] = nonce;
        }

        return CompactJws.Sign(new JsonObject { ["typ"] = Type, ["kid"] = holder.Id }, payload, holder.Key);
    }

    /// <summary>Checks everything but whether the nonce is a known one, which the caller does with the answer's.</summary>
    /// <param name="text">The JWT.</param>
    /// <param name="audience">The credential issuer's identifier.</param>
    /// <param name="resolver">For a key that is named by a DID URL.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="CredentialException">The proof is refused.</exception>
    public static async Task<HolderProof> VerifyAsync(
        string text, string audience, IDidResolver resolver, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            throw new CredentialException(CredentialCodes.TooLarge, $"A proof is longer than {MaxLength} characters.");
        }

        var jws = CompactJws.Parse(text);
        Require(jws, audience, now);
        var (did, key) = await KeyAsync(jws, resolver, ct);
        jws.Verify(key);
        return new HolderProof(did, key, jws.Payload.Text("nonce"));
    }

    private static void Require(CompactJws jws, string audience, DateTimeOffset now)
    {
        if (jws.Type != Type)
        {
            throw new CredentialException(CredentialCodes.TypeUnsupported, "A proof is a JWT of the type " + Type + ".");
        }

        if (AudienceRule.AudiencesOf(jws.Payload) is not [var only] || only != audience)
        {
            throw new CredentialException(CredentialCodes.AudienceMismatch, "The proof is for another issuer.");
        }

        var issuedAt = jws.Payload.Seconds("iat") ?? throw JsonText.Malformed("\"iat\" is missing.");
        var isExpired = jws.Payload.Seconds("exp") is { } expires && expires <= now - ClockSkew;
        if (issuedAt > now + ClockSkew || issuedAt < now - MaxAge - ClockSkew || isExpired)
        {
            throw new CredentialException(CredentialCodes.HolderTime, "The proof is too old or from the future.");
        }
    }

    // Of two names for a key one could be an honest holder's and the other the attacker's.
    private static async Task<(string Did, VerificationKey Key)> KeyAsync(CompactJws jws, IDidResolver resolver, CancellationToken ct)
    {
        if (KeyParameters.Count(jws.Header.ContainsKey) != 1)
        {
            throw new CredentialException(CredentialCodes.KeyId, "A proof names its key in exactly one way.");
        }

        return jws.Header.Member("jwk") is { } jwk ? OfJwk(jwk)
            : jws.KeyId is { } keyId ? await OfDidAsync(keyId, resolver, ct)
            : throw CredentialException.Unsupported(CredentialCodes.KeyId, "Keys in certificates are not known here.");
    }

    private static (string Did, VerificationKey Key) OfJwk(JsonObject jwk)
    {
        try
        {
            var key = VerificationKey.FromJwk(jwk);
            return (DidJwk.Create(key), key);
        }
        catch (KeyFormatException e)
        {
            throw new CredentialException(e.Code, $"The proof's key: {e.Message}", e) { IsUnsupported = e.IsUnsupported };
        }
    }

    private static async Task<(string Did, VerificationKey Key)> OfDidAsync(string keyId, IDidResolver resolver, CancellationToken ct)
    {
        var did = keyId.Split('#')[0];
        var found = await new KeyFinder(resolver).FindAsync(did, keyId, VerificationPurpose.Authentication, ct);
        return found.Key is { } key
            ? (did, key)
            : throw Refused(found.Obstacle ?? found.Resolution);
    }

    private static CredentialException Refused(Check check) =>
        new(check.Code, check.Detail) { IsUnsupported = check.State != CheckState.Failed };
}
