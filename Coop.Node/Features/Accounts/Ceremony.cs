namespace Coop.Node.Features.Accounts;

/// <summary>What the node must know again when a passkey answers.</summary>
/// <param name="Id">Marks the ceremony as used.</param>
/// <param name="ExpiresAt">From then on it is void.</param>
/// <param name="State">The state of <c>PasskeyHandler</c>, the challenge within.</param>
/// <param name="InvitationId">For a registration: the invitation that it uses.</param>
public sealed record Ceremony(Guid Id, DateTimeOffset ExpiresAt, string State, Guid? InvitationId = null);
