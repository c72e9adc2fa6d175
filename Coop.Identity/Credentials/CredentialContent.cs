using System.Text.Json.Nodes;
using Coop.Identity.Keys;

namespace Coop.Identity.Credentials;

/// <summary>What a credential says, whatever its encoding. The one claim model.</summary>
public sealed record CredentialContent
{
    /// <summary>A URL or URN of this credential, e.g. <c>urn:uuid:…</c>; null where it has none.</summary>
    public string? Id { get; init; }

    public required CredentialType Type { get; init; }

    /// <summary>The issuer's DID.</summary>
    public required string Issuer { get; init; }

    /// <summary>The issuer's name by its own word; not in SD-JWT VC.</summary>
    public string? IssuerName { get; init; }

    /// <summary>The DID of whom the credential is about; null where it names nobody.</summary>
    public string? Subject { get; init; }

    /// <summary>Whole seconds. Always given on issue.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Whole seconds; null for a credential without an end.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The claims of the subject, without its id. As the type's schema says.</summary>
    public required JsonObject Claims { get; init; }

    /// <summary>Where the status can be looked up. An encoding carries the forms that belong to it.</summary>
    public IReadOnlyList<StatusReference> Status { get; init; } = [];

    /// <summary>The key that the holder proves in SD-JWT VC (<c>cnf</c>); elsewhere it follows from the subject.</summary>
    public VerificationKey? HolderKey { get; init; }
}
