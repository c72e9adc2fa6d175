using System.Text.Json.Nodes;
using Coop.Identity.Credentials;

namespace Coop.Node.Features.Credentials;

/// <summary>
/// A credential that this node issued. What it says is kept, not its signed text: that is made when the
/// holder fetches it, with the key of that day.
/// </summary>
/// <param name="Id">UUIDv7; in the credential <c>urn:uuid:</c> and this.</param>
/// <param name="MemberId">Whom it is about.</param>
/// <param name="Kind">What it attests.</param>
/// <param name="Attests">The role, the unit or the skill; empty where the kind says all.</param>
/// <param name="Claims">As the kind's schema says.</param>
/// <param name="SubjectDid">The DID that it was issued to.</param>
/// <param name="Format">The one encoding that a wallet asked for; null where the holder may have each.</param>
/// <param name="OfferId">The offer by which a wallet got it; null where it was issued to a linked DID.</param>
/// <param name="StatusList">The number of its status list, from 1.</param>
/// <param name="StatusIndex">Its entry there.</param>
/// <param name="IssuedAt">In whole seconds.</param>
/// <param name="ValidUntil">In whole seconds.</param>
/// <param name="SuspendedAt">Since when it is suspended.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="EventId">The event <c>credential.issued</c>.</param>
public sealed record Credential(
    Guid Id,
    Guid MemberId,
    CredentialKind Kind,
    string Attests,
    JsonObject Claims,
    string SubjectDid,
    CredentialFormat? Format,
    Guid? OfferId,
    long StatusList,
    long StatusIndex,
    DateTimeOffset IssuedAt,
    DateTimeOffset ValidUntil,
    DateTimeOffset? SuspendedAt,
    DateTimeOffset? RevokedAt,
    Guid EventId)
{
    /// <summary>The credential in an event's subject.</summary>
    public string Subject => $"credential:{Id:D}";

    public CredentialState StateAt(DateTimeOffset now) => this switch
    {
        { RevokedAt: not null } => CredentialState.Revoked,
        _ when now >= ValidUntil => CredentialState.Expired,
        { SuspendedAt: not null } => CredentialState.Suspended,
        _ => CredentialState.Valid,
    };
}
