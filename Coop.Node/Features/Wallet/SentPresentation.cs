namespace Coop.Node.Features.Wallet;

/// <summary>Where and when a member showed a credential.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Verifier">The DID of who asked.</param>
/// <param name="Name">What it called itself.</param>
/// <param name="Address">The host that it was sent to.</param>
/// <param name="Disclosed">The names of the claims that were shown.</param>
/// <param name="PresentedAt">When.</param>
/// <param name="Accepted">Whether it was taken; null where no answer is known.</param>
public sealed record SentPresentation(
    Guid Id, string Verifier, string Name, string Address, IReadOnlyList<string> Disclosed, DateTimeOffset PresentedAt,
    bool? Accepted);
