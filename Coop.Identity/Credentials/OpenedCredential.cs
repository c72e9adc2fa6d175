using System.Text.Json.Nodes;
using Coop.Identity.Credentials.SdJwt;
using Coop.Identity.Keys;

namespace Coop.Identity.Credentials;

/// <summary>A credential that has been read and not yet been verified.</summary>
/// <param name="Format">Its encoding.</param>
/// <param name="Content">What it says.</param>
internal sealed record OpenedCredential(CredentialFormat Format, CredentialContent Content)
{
    /// <summary>The name of the key; null where the signature names none.</summary>
    public string? KeyId { get; init; }

    /// <summary>Throws a <see cref="CredentialException"/> unless the key made the signature.</summary>
    public required Action<VerificationKey> VerifySignature { get; init; }

    /// <summary>The document with all that was disclosed.</summary>
    public required JsonObject Document { get; init; }

    /// <summary>Ids of the schemas that it names; null for one of a type that is not known here.</summary>
    public IReadOnlyList<string?> Schemas { get; init; } = [];

    /// <summary>The JWT's own validity, beside that of the content.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The end of the signature's or JWT's own validity.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>SD-JWT VC: the whole, with the holder's proof where there is one.</summary>
    public SdJwtText? SdJwt { get; init; }
}
