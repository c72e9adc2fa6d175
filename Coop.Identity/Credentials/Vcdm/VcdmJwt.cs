using System.Text.Json.Nodes;
using Coop.Identity.Credentials.Jose;

namespace Coop.Identity.Credentials.Vcdm;

/// <summary>VCDM in JWTs: version 2.0 as VC-JOSE-COSE says, version 1.1 with its <c>vc</c> claim.</summary>
internal static class VcdmJwt
{
    public const string Type20 = "vc+jwt";
    public const string PresentationType20 = "vp+jwt";
    public const string Type11 = "JWT";

    /// <summary>VC-JOSE-COSE, section 3.1.1: the payload is the credential.</summary>
    public static string Issue20(CredentialContent content, IssuerKey key, IssueOptions options)
    {
        var payload = VcdmWriter.Write20(content);
        payload["iss"] = content.Issuer;
        payload["iat"] = options.Now.ToUnixTimeSeconds();
        if (content.ValidUntil is { } until)
        {
            payload["exp"] = until.ToUnixTimeSeconds();
        }

        return CompactJws.Sign(Header(Type20, key), payload, key.Key);
    }

    /// <summary>VCDM 1.1, section 6.3.1.</summary>
    public static string Issue11(CredentialContent content, IssuerKey key, IssueOptions options)
    {
        var payload = new JsonObject
        {
            ["iss"] = content.Issuer,
            ["nbf"] = content.ValidFrom!.Value.ToUnixTimeSeconds(),
            ["iat"] = options.Now.ToUnixTimeSeconds(),
        };
        AddIfAny(payload, "sub", content.Subject);
        AddIfAny(payload, "jti", content.Id);
        AddIfAny(payload, "exp", content.ValidUntil?.ToUnixTimeSeconds());
        payload["vc"] = VcdmWriter.Write11(content);
        return CompactJws.Sign(Header(Type11, key), payload, key.Key);
    }

    public static OpenedCredential Read20(CompactJws jws)
    {
        RefuseVcClaims(jws.Payload);
        var content = VcdmReader.Read(jws.Payload);
        RequireSame(jws.Payload, "iss", content.Issuer);
        RequireSame(jws.Payload, "sub", content.Subject);
        RequireSame(jws.Payload, "jti", content.Id);
        return Opened(CredentialFormat.VcJwt, jws, jws.Payload, content);
    }

    public static OpenedCredential Read11(CompactJws jws)
    {
        var complete = Complete(jws.Payload, jws.Payload.Member("vc")!);
        var content = VcdmReader.Read(complete);
        return Opened(CredentialFormat.VcJwt11, jws, complete, content);
    }

    /// <exception cref="CredentialException">There is a claim that VC-JOSE-COSE, section 3.1, forbids.</exception>
    public static void RefuseVcClaims(JsonObject payload)
    {
        if (payload.ContainsKey("vc") || payload.ContainsKey("vp"))
        {
            throw new CredentialException(
                CredentialCodes.VcClaim, "A JWT of VCDM 2.0 has no \"vc\" or \"vp\" claim.");
        }
    }

    public static JsonObject Header(string type, IssuerKey key) => new() { ["typ"] = type, ["kid"] = key.Id };

    private static OpenedCredential Opened(
        CredentialFormat format, CompactJws jws, JsonObject document, CredentialContent content) => new(format, content)
        {
            KeyId = jws.KeyId,
            VerifySignature = jws.Verify,
            Document = document,
            Schemas = VcdmReader.Schemas(document),
            NotBefore = jws.Payload.Seconds("nbf"),
            Expires = jws.Payload.Seconds("exp"),
        };

    // VCDM 1.1, section 6.3.1, "JWT decoding": the JWT's claims belong to the credential, and where the
    // credential says the same thing itself it must not say anything else.
    private static JsonObject Complete(JsonObject payload, JsonObject vc)
    {
        var complete = vc.DeepClone().AsObject();
        if (complete["issuer"] is not JsonObject issuer)
        {
            Fill(complete, "issuer", payload.Text("iss"));
        }
        else
        {
            Fill(issuer, "id", payload.Text("iss"));
        }

        Fill(complete, "id", payload.Text("jti"));
        if (complete["credentialSubject"] is JsonObject subject)
        {
            Fill(subject, "id", payload.Text("sub"));
        }

        FillTime(complete, "issuanceDate", payload.Seconds("nbf") ?? payload.Seconds("iat"), isExact: payload.ContainsKey("nbf"));
        FillTime(complete, "expirationDate", payload.Seconds("exp"), isExact: true);
        return complete;
    }

    private static void Fill(JsonObject json, string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (!json.ContainsKey(name))
        {
            json[name] = value;
        }
        else if (json.Text(name) != value)
        {
            throw Conflict(name);
        }
    }

    private static void FillTime(JsonObject json, string name, DateTimeOffset? value, bool isExact)
    {
        if (value is null)
        {
            return;
        }

        if (json.Time(name) is not { } said)
        {
            json[name] = JsonText.ToText(value.Value);
        }
        else if (isExact && Math.Abs((said - value.Value).TotalSeconds) >= 1)
        {
            throw Conflict(name);
        }
    }

    private static void RequireSame(JsonObject payload, string claim, string? value)
    {
        if (payload.Text(claim) is { } said && said != value)
        {
            throw Conflict(claim);
        }
    }

    private static void AddIfAny(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static CredentialException Conflict(string name) => new(
        CredentialCodes.ClaimsConflict, $"The JWT and the credential in it say different things of \"{name}\".");
}
