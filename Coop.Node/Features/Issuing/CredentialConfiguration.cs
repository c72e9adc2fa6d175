using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Node.Features.Credentials;

namespace Coop.Node.Features.Issuing;

/// <summary>
/// One kind of credential in one encoding: an entry of <c>credential_configurations_supported</c>
/// (OpenID4VCI 1.0, section 12.2.4 and appendix A).
/// </summary>
/// <param name="Kind">What it attests.</param>
/// <param name="Format">Its encoding.</param>
internal sealed record CredentialConfiguration(CredentialKind Kind, CredentialFormat Format)
{
    /// <summary>What a wallet may sign its proofs with.</summary>
    private static readonly string[] ProofAlgorithms = ["EdDSA", "ES256", "ES256K"];

    private static readonly string[] BindingMethods = ["did:key", "did:jwk", "jwk"];

    public static readonly IReadOnlyList<CredentialConfiguration> All =
    [
        .. Enum.GetValues<CredentialKind>().SelectMany(k => Formats.All.Select(f => new CredentialConfiguration(k, f))),
    ];

    public string Id => $"{CredentialKinds.TypeOf(Kind).Name}_{Formats.NameOf(Format)}";

    public static CredentialConfiguration? Find(string id) => All.FirstOrDefault(c => c.Id == id);

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["format"] = Formats.NameOf(Format),
            ["scope"] = Id,
            ["credential_signing_alg_values_supported"] = new JsonArray(SigningAlgorithm),
            ["cryptographic_binding_methods_supported"] = Array(BindingMethods),
            ["proof_types_supported"] = new JsonObject
            {
                ["jwt"] = new JsonObject { ["proof_signing_alg_values_supported"] = Array(ProofAlgorithms) },
            },
            ["credential_metadata"] = new JsonObject
            {
                ["display"] = new JsonArray(new JsonObject { ["name"] = Title, ["locale"] = "en" }),
            },
        };
        var type = CredentialKinds.TypeOf(Kind);
        if (Format == CredentialFormat.SdJwtVc)
        {
            json["vct"] = type.Vct;
            return json;
        }

        var definition = new JsonObject { ["type"] = new JsonArray("VerifiableCredential", type.Name) };
        if (Format == CredentialFormat.DataIntegrity)
        {
            definition["@context"] = new JsonArray(
                "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2");
        }

        json["credential_definition"] = definition;
        return json;
    }

    private string SigningAlgorithm => Format switch
    {
        CredentialFormat.SdJwtVc => "ES256",
        CredentialFormat.DataIntegrity => "eddsa-jcs-2022",
        _ => "EdDSA",
    };

    private string Title => Kind switch
    {
        CredentialKind.Membership => "Membership",
        CredentialKind.Role => "Role",
        CredentialKind.Standing => "Standing",
        CredentialKind.ShareHolding => "Share-holding",
        _ => "Skill",
    };

    private static JsonArray Array(IEnumerable<string> values) => new([.. values.Select(v => JsonValue.Create(v))]);
}
