namespace Coop.Node.Features.Dids;

/// <summary>A DID of the signed-in member.</summary>
/// <param name="Id">UUID, by which it is unlinked.</param>
/// <param name="Did">The DID itself.</param>
/// <param name="Kind">Where its key is kept, as the member's client said.</param>
/// <param name="Name">What the member calls it.</param>
/// <param name="LinkedAt">When the member proved to hold it.</param>
public sealed record DidView(Guid Id, string Did, DidKind Kind, string? Name, DateTimeOffset LinkedAt)
{
    public static DidView Of(MemberDid did)
    {
        ArgumentNullException.ThrowIfNull(did);
        return new(did.Id, did.Did, did.Kind, did.Name, did.LinkedAt);
    }
}
