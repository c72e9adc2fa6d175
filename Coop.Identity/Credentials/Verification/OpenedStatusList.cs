using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials.Jose;
using Coop.Identity.Credentials.Vcdm;
using Coop.Identity.Keys;
using Coop.Identity.Status;

namespace Coop.Identity.Credentials.Verification;

/// <summary>A status list that has been read and not yet been verified.</summary>
internal sealed record OpenedStatusList
{
    public required StatusListKind Kind { get; init; }

    /// <summary>What it says of itself where it belongs.</summary>
    public required string Uri { get; init; }

    /// <summary>Null where it does not say; then the key's owner is.</summary>
    public string? Issuer { get; init; }

    public string? KeyId { get; init; }

    public required Action<VerificationKey> VerifySignature { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>The credential's subject, or the claim <c>status_list</c>.</summary>
    public required JsonObject List { get; init; }

    /// <exception cref="CredentialException">It is no list of this kind.</exception>
    public static OpenedStatusList Open(string text, StatusListKind kind)
    {
        if (text.Length > StatusListAnswer.MaxLength)
        {
            throw new CredentialException(CredentialCodes.StatusTooLarge, "The status list is longer than is allowed.");
        }

        return kind == StatusListKind.Token ? OfToken(CompactJws.Parse(text.Trim())) : OfCredential(CredentialReader.Open(text.Trim()));
    }

    public static OpenedStatusList OfToken(CompactJws jws)
    {
        if (jws.Type != TokenStatusList.Type)
        {
            throw new CredentialException(CredentialCodes.StatusList, "This is not a status list token.");
        }

        // "iat" is asked for by the draft, section 5.1; without it nothing says how old the list is.
        return new OpenedStatusList
        {
            Kind = StatusListKind.Token,
            Uri = jws.Payload.RequiredText("sub"),
            Issuer = jws.Payload.Text("iss"),
            KeyId = jws.KeyId,
            VerifySignature = jws.Verify,
            From = jws.Payload.Seconds("iat") ?? throw JsonText.Malformed("\"iat\" is missing."),
            Until = jws.Payload.Seconds("exp"),
            List = jws.Payload.Member("status_list") ?? throw JsonText.Malformed("\"status_list\" is missing."),
        };
    }

    public static OpenedStatusList OfCredential(OpenedCredential credential)
    {
        var list = credential.Content.Claims;
        if (credential.Content.Type.Name != BitstringStatusList.CredentialTypeName
            || list.Text("type") != BitstringStatusList.SubjectType)
        {
            throw new CredentialException(CredentialCodes.StatusList, "This is not a status list credential.");
        }

        return new OpenedStatusList
        {
            Kind = StatusListKind.Bitstring,
            Uri = credential.Content.Id ?? throw JsonText.Malformed("\"id\" is missing."),
            Issuer = credential.Content.Issuer,
            KeyId = credential.KeyId,
            VerifySignature = credential.VerifySignature,
            From = credential.Content.ValidFrom,
            Until = Earliest(credential.Content.ValidUntil, credential.Expires),
            List = list,
        };
    }

    /// <exception cref="CredentialException">The list is malformed, for another purpose, or has no such entry.</exception>
    public EntryStatus Read(StatusReference reference)
    {
        if (Kind == StatusListKind.Token)
        {
            return TokenStatusList.Read(List, reference.Index);
        }

        RequirePurpose(reference.Purpose);
        return BitstringStatusList.IsSet(List.RequiredText("encodedList"), reference.Index)
            ? BitstringStatusList.StatusOf(reference.Purpose)
            : EntryStatus.Valid;
    }

    private void RequirePurpose(StatusPurpose purpose)
    {
        var purposes = List.OneOrMany("statusPurpose");
        if (!purposes.Any(p => p?.GetValueKind() == JsonValueKind.String && p.GetValue<string>() == VcdmNames.PurposeName(purpose)))
        {
            throw new CredentialException(CredentialCodes.StatusPurpose, "The status list is for another purpose.");
        }
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) =>
        a is null ? b : b is null || a < b ? a : b;
}
