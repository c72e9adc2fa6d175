using System.Text.Json.Nodes;

namespace Coop.Node.Features.Credentials;

/// <summary>A credential as those see it who may manage it.</summary>
/// <param name="Id">UUID; in the credential <c>urn:uuid:</c> and this.</param>
/// <param name="MemberId">Whom it is about.</param>
/// <param name="Type">What it attests.</param>
/// <param name="Attests">The role, the unit or the skill; empty where the type says all.</param>
/// <param name="Claims">What it says, as the type's JSON Schema describes it.</param>
/// <param name="SubjectDid">The DID that it was issued to.</param>
/// <param name="Formats">The encodings in which the holder can have it.</param>
/// <param name="State">What has become of it.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ValidUntil">When its time is over.</param>
/// <param name="EventId">The event <c>credential.issued</c>.</param>
public sealed record CredentialView(
    Guid Id,
    Guid MemberId,
    CredentialKind Type,
    string Attests,
    JsonObject Claims,
    string SubjectDid,
    IReadOnlyList<string> Formats,
    CredentialState State,
    DateTimeOffset IssuedAt,
    DateTimeOffset ValidUntil,
    Guid EventId)
{
    public static CredentialView Of(Credential credential, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new(
            credential.Id,
            credential.MemberId,
            credential.Kind,
            credential.Attests,
            credential.Claims,
            credential.SubjectDid,
            CredentialSigning.FormatsOf(credential),
            credential.StateAt(now),
            credential.IssuedAt,
            credential.ValidUntil,
            credential.EventId);
    }
}
