using System.Text.Json.Nodes;
using Coop.Identity.Credentials.Jose;
using Coop.Identity.Credentials.SdJwt;
using Coop.Identity.Credentials.Vcdm;

namespace Coop.Identity.Credentials;

/// <summary>Recognises a credential's encoding and reads it; nothing is verified yet.</summary>
internal static class CredentialReader
{
    /// <exception cref="CredentialException">It is none of the encodings, or malformed.</exception>
    public static OpenedCredential Open(string text) => text switch
    {
        ['{', ..] => Open(JsonText.Object(text)),
        _ when text.Contains('~', StringComparison.Ordinal) => SdJwtVc.Read(text),
        _ => Open(CompactJws.Parse(text)),
    };

    public static OpenedCredential Open(JsonObject document) =>
        VcdmReader.IsOfType(document, VcdmNames.EnvelopedCredential)
            ? Open(Envelope.TextOf(document))
            : VcdmDataIntegrity.Read(document);

    public static OpenedCredential Open(CompactJws jws) => jws.Type switch
    {
        VcdmJwt.Type20 => VcdmJwt.Read20(jws),
        VcdmJwt.Type11 or null when jws.Payload["vc"] is JsonObject => VcdmJwt.Read11(jws),
        _ => throw CredentialException.Unsupported(
            CredentialCodes.TypeUnsupported, "A JWT of this type is no credential that is known here."),
    };
}
