using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Coop.Node.Demo;

/// <summary>
/// An authenticator in software: ES256, attestation "none", resident credentials (WebAuthn level 3,
/// sections 6.1 and 6.5). The demo's members have one each; its properties let a test make it misbehave.
/// </summary>
public sealed class SoftAuthenticator : IDisposable
{
    private const byte UserPresentFlag = 0x01;
    private const byte UserVerifiedFlag = 0x04;
    private const byte BackupEligibleFlag = 0x08;
    private const byte BackedUpFlag = 0x10;
    private const byte AttestedDataFlag = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string _userHandle = "";

    public SoftAuthenticator()
    {
    }

    /// <summary>One that was exported: the same passkey.</summary>
    /// <param name="exported">What <see cref="Export"/> answered.</param>
    public SoftAuthenticator(ReadOnlySpan<byte> exported)
    {
        var json = JsonNode.Parse(exported)!;
        _key.ImportPkcs8PrivateKey(Convert.FromBase64String(json["key"]!.GetValue<string>()), out _);
        CredentialId = Convert.FromBase64String(json["credentialId"]!.GetValue<string>());
        _userHandle = json["userHandle"]!.GetValue<string>();
        Origin = json["origin"]!.GetValue<string>();
        Counts = false;
    }

    /// <summary>What the authenticator believes to be on.</summary>
    public string Origin { get; set; } = "http://localhost:5080";

    public byte[] CredentialId { get; set; } = RandomNumberGenerator.GetBytes(32);

    public bool UserVerified { get; set; } = true;

    public bool BackupEligible { get; set; }

    public bool BackedUp { get; set; }

    public bool CrossOrigin { get; set; }

    /// <summary>The relying party that it signs for; null takes the one that is asked for.</summary>
    public string? RelyingPartyId { get; set; }

    /// <summary>Goes up by one with each ceremony; stays 0 where <see cref="Counts"/> is false.</summary>
    public uint SignCount { get; set; }

    /// <summary>Synced passkeys do not count.</summary>
    public bool Counts { get; set; } = true;

    /// <summary>Answers PublicKeyCredentialCreationOptionsJSON with RegistrationResponseJSON.</summary>
    public JsonObject Create(JsonElement options)
    {
        _userHandle = options.GetProperty("user").GetProperty("id").GetString()!;
        var rpId = options.GetProperty("rp").GetProperty("id").GetString()!;
        var clientData = ClientData("webauthn.create", options);
        var authData = AuthenticatorData(RelyingPartyId ?? rpId, AttestedCredential());
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(clientData),
            ["attestationObject"] = Base64Url.EncodeToString(AttestationObject(authData)),
            ["transports"] = new JsonArray("internal", "hybrid"),
        });
    }

    /// <summary>Answers PublicKeyCredentialRequestOptionsJSON with AuthenticationResponseJSON.</summary>
    public JsonObject Get(JsonElement options)
    {
        var clientData = ClientData("webauthn.get", options);
        var authData = AuthenticatorData(
            RelyingPartyId ?? options.GetProperty("rpId").GetString()!, attested: []);
        byte[] signed = [.. authData, .. SHA256.HashData(clientData)];
        var signature = _key.SignData(
            signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(clientData),
            ["authenticatorData"] = Base64Url.EncodeToString(authData),
            ["signature"] = Base64Url.EncodeToString(signature),
            ["userHandle"] = _userHandle,
        });
    }

    /// <summary>The passkey, in clear; for authenticators that do not count alone.</summary>
    public byte[] Export() => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["key"] = Convert.ToBase64String(_key.ExportPkcs8PrivateKey()),
        ["credentialId"] = Convert.ToBase64String(CredentialId),
        ["userHandle"] = _userHandle,
        ["origin"] = Origin,
    }.ToJsonString());

    public void Dispose() => _key.Dispose();

    private JsonObject Credential(JsonObject response)
    {
        var id = Base64Url.EncodeToString(CredentialId);
        return new JsonObject
        {
            ["id"] = id,
            ["rawId"] = id,
            ["type"] = "public-key",
            ["authenticatorAttachment"] = "platform",
            ["clientExtensionResults"] = new JsonObject(),
            ["response"] = response,
        };
    }

    private byte[] ClientData(string type, JsonElement options) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = type,
        ["challenge"] = options.GetProperty("challenge").GetString(),
        ["origin"] = Origin,
        ["crossOrigin"] = CrossOrigin,
    }.ToJsonString());

    // rpIdHash (32) ‖ flags (1) ‖ signCount (4, big-endian) ‖ attested credential data.
    private byte[] AuthenticatorData(string rpId, byte[] attested)
    {
        SignCount += Counts ? 1u : 0u;
        var count = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(count, SignCount);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(rpId)), Flags(attested), .. count, .. attested];
    }

    private byte Flags(byte[] attested) => (byte)(
        UserPresentFlag
        | (UserVerified ? UserVerifiedFlag : 0)
        | (BackupEligible ? BackupEligibleFlag : 0)
        | (BackedUp ? BackedUpFlag : 0)
        | (attested.Length > 0 ? AttestedDataFlag : 0));

    // aaguid (16) ‖ length of the id (2, big-endian) ‖ id ‖ COSE key.
    private byte[] AttestedCredential()
    {
        var length = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)CredentialId.Length);
        return [.. new byte[16], .. length, .. CredentialId, .. CoseKey()];
    }

    // CBOR {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}.
    private byte[] CoseKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return
        [
            0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01,
            0x21, 0x58, 0x20, .. point.X!,
            0x22, 0x58, 0x20, .. point.Y!,
        ];
    }

    // CBOR {"fmt": "none", "attStmt": {}, "authData": bytes}.
    private static byte[] AttestationObject(byte[] authData) =>
    [
        0xA3,
        0x63, .. "fmt"u8, 0x64, .. "none"u8,
        0x67, .. "attStmt"u8, 0xA0,
        0x68, .. "authData"u8, 0x59, (byte)(authData.Length >> 8), (byte)(authData.Length & 0xFF), .. authData,
    ];
}
