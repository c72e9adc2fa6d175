namespace Coop.Node.Features.Ledger;

/// <summary>A member as the books name them.</summary>
/// <param name="Id">The member's id.</param>
/// <param name="Name">The member's name.</param>
public sealed record MemberView(Guid Id, string Name);
