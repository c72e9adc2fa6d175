using System.Text.Json.Nodes;
using Coop.Identity.Keys;

namespace Coop.Identity.Presentations;

/// <summary>A presentation that has been read and not yet been verified.</summary>
/// <param name="Format">Its encoding in words.</param>
/// <param name="Holder">The DID of who presents.</param>
internal sealed record OpenedPresentation(string Format, string Holder)
{
    public string? KeyId { get; init; }

    public required Action<VerificationKey> VerifySignature { get; init; }

    public required IReadOnlyList<string> Audiences { get; init; }

    public string? Nonce { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? Expires { get; init; }

    /// <summary>Each a JSON object or compact text.</summary>
    public required IReadOnlyList<JsonNode?> Credentials { get; init; }
}
