namespace Coop.Node.Features.Dids;

/// <summary>A DID that a member has proved to hold.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="MemberId">Whose it is.</param>
/// <param name="Did">Without path, query and fragment.</param>
/// <param name="Kind">Where its key is kept.</param>
/// <param name="Name">What the member calls it; personal data.</param>
/// <param name="LinkedAt">When the member proved to hold it.</param>
/// <param name="UnlinkedAt">Since when it counts no more; null as long as it does.</param>
public sealed record MemberDid(
    Guid Id, Guid MemberId, string Did, DidKind Kind, string? Name, DateTimeOffset LinkedAt,
    DateTimeOffset? UnlinkedAt = null)
{
    public bool IsLinked => UnlinkedAt is null;
}
