namespace Coop.Node.Features.Presenting;

/// <summary>A co-op whose membership credentials count here.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Did">The DID of its node.</param>
/// <param name="Label">What it is called here.</param>
/// <param name="Grants">The role that its members get.</param>
/// <param name="AddedAt">Since when.</param>
/// <param name="EventId">The event <c>issuer.trusted</c>.</param>
public sealed record TrustedIssuer(
    Guid Id, string Did, string Label, string Grants, DateTimeOffset AddedAt, Guid EventId)
{
    public string Subject => $"trusted-issuer:{Id:D}";
}
