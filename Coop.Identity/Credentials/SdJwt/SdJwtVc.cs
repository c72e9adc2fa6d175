using System.Text.Json.Nodes;
using Coop.Identity.Credentials.Jose;
using Coop.Identity.Keys;

namespace Coop.Identity.Credentials.SdJwt;

/// <summary>
/// SD-JWT VC (draft-ietf-oauth-sd-jwt-vc): each claim of the subject may be kept back by the holder; who
/// issued it, of what type, for when, its status and the holder's key may not.
/// </summary>
internal static class SdJwtVc
{
    public const string Type = "dc+sd-jwt";

    /// <summary>Its name until November 2024.</summary>
    public const string FormerType = "vc+sd-jwt";

    private static readonly string[] NeverHidden = ["iss", "nbf", "exp", "cnf", "vct", "status"];

    private static readonly string[] NotClaims =
        ["iss", "sub", "nbf", "exp", "iat", "jti", "cnf", "vct", "vct#integrity", "status"];

    public static string Issue(CredentialContent content, IssuerKey key, IssueOptions options)
    {
        if (key.Key.Public.Type != KeyType.P256)
        {
            throw new CredentialException(CredentialCodes.AlgorithmMismatch, "dc+sd-jwt is signed with ES256.");
        }

        var disclosures = content.Claims
            .Select(c => Disclosure.Create(c.Key, c.Value, options.Random(Disclosure.SaltSizeBytes)))
            .ToArray();
        var payload = Payload(content, options);
        payload["_sd"] = Digests(disclosures, options);
        payload["_sd_alg"] = "sha-256";
        var header = new JsonObject { ["typ"] = Type, ["kid"] = key.Id };
        return CompactJws.Sign(header, payload, key.Key) + "~" + string.Concat(disclosures.Select(d => d.Text + "~"));
    }

    public static OpenedCredential Read(string text)
    {
        var sdJwt = SdJwtText.Parse(text);
        if (sdJwt.Jws.Type is not (Type or FormerType))
        {
            throw CredentialException.Unsupported(
                CredentialCodes.TypeUnsupported, "An SD-JWT of another type than a credential is not known here.");
        }

        var claims = sdJwt.Disclose();
        if (NeverHidden.FirstOrDefault(n => claims.ContainsKey(n) && !sdJwt.Jws.Payload.ContainsKey(n)) is { } hidden)
        {
            throw Disclosure.Invalid($"\"{hidden}\" must not be a disclosure.");
        }

        return new OpenedCredential(CredentialFormat.SdJwtVc, Content(claims))
        {
            KeyId = sdJwt.Jws.KeyId,
            VerifySignature = sdJwt.Jws.Verify,
            Document = claims,
            SdJwt = sdJwt,
        };
    }

    private static JsonObject Payload(CredentialContent content, IssueOptions options)
    {
        var payload = new JsonObject
        {
            ["iss"] = content.Issuer,
            ["iat"] = options.Now.ToUnixTimeSeconds(),
            ["nbf"] = content.ValidFrom!.Value.ToUnixTimeSeconds(),
            ["vct"] = content.Type.Vct,
        };
        AddIfAny(payload, "exp", content.ValidUntil?.ToUnixTimeSeconds());
        AddIfAny(payload, "sub", content.Subject);
        AddIfAny(payload, "jti", content.Id);
        AddIfAny(payload, "cnf", content.HolderKey is { } key ? new JsonObject { ["jwk"] = key.ToJwk() } : null);
        AddIfAny(payload, "status", TokenStatus(content));
        return payload;
    }

    private static JsonObject? TokenStatus(CredentialContent content) =>
        content.Status.FirstOrDefault(s => s.Kind == StatusListKind.Token) is { } status
            ? new JsonObject { ["status_list"] = new JsonObject { ["idx"] = status.Index, ["uri"] = status.Uri } }
            : null;

    // In the order of their texts, so that the order says nothing (RFC 9901, section 4.2.4.1).
    private static JsonArray Digests(Disclosure[] disclosures, IssueOptions options)
    {
        var decoys = Enumerable.Range(0, options.Decoys)
            .Select(_ => Disclosure.DigestOf(Base64Url.Encode(options.Random(32))));
        return new JsonArray(
            [.. disclosures.Select(d => d.Digest).Concat(decoys).Order(StringComparer.Ordinal).Select(d => (JsonNode)d)]);
    }

    private static CredentialContent Content(JsonObject claims)
    {
        var own = claims.DeepClone().AsObject();
        foreach (var name in NotClaims)
        {
            own.Remove(name);
        }

        return new CredentialContent
        {
            Id = claims.Text("jti"),
            Type = CredentialType.OfVct(claims.RequiredText("vct")),
            Issuer = claims.Text("iss") ?? throw CredentialException.Unsupported(
                CredentialCodes.IssuerUnsupported, "An issuer that is named by a certificate alone is not known here."),
            Subject = claims.Text("sub"),
            ValidFrom = claims.Seconds("nbf"),
            ValidUntil = claims.Seconds("exp"),
            Claims = own,
            Status = Status(claims),
            HolderKey = HolderKey(claims),
        };
    }

    private static IReadOnlyList<StatusReference> Status(JsonObject claims)
    {
        if (claims.Member("status") is not { } status)
        {
            return [];
        }

        return status.Member("status_list") is { } list
            ? [new(StatusListKind.Token, StatusPurpose.Any, list.RequiredText("uri"), Index(list))]
            : [new(StatusListKind.Unsupported, StatusPurpose.Any, "", 0)];
    }

    private static int Index(JsonObject list) => list.Integer("idx") is { } index and >= 0
        ? index
        : throw JsonText.Malformed("\"idx\" is not an index.");

    private static VerificationKey? HolderKey(JsonObject claims)
    {
        if (claims.Member("cnf") is not { } confirmation)
        {
            return null;
        }

        var jwk = confirmation.Member("jwk") ?? throw CredentialException.Unsupported(
            CredentialCodes.HolderUnbound, "A holder's key that is named otherwise than by \"jwk\" is not known here.");
        try
        {
            return VerificationKey.FromJwk(jwk);
        }
        catch (KeyFormatException e)
        {
            throw new CredentialException(e.Code, $"The holder's key: {e.Message}", e) { IsUnsupported = e.IsUnsupported };
        }
    }

    private static void AddIfAny(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
