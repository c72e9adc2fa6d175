namespace Coop.Node.Features.Outbox;

/// <summary>Something that a peer has to be told until it has confirmed it.</summary>
/// <param name="Id">The row.</param>
/// <param name="PeerDid">Whom.</param>
/// <param name="Kind">What, see <see cref="OutboxKinds"/>.</param>
/// <param name="Ref">About what: the claim, or the event whose payload is erased.</param>
/// <param name="DueAt">When it is sent next.</param>
/// <param name="Attempts">How often it was sent, with the attempt that is being made.</param>
/// <param name="IsFailed">Whether the peer refused it for good: it then waits for people, or the end of the peering.</param>
internal sealed record OutboxMessage(
    Guid Id, string PeerDid, string Kind, Guid Ref, DateTimeOffset DueAt, long Attempts, bool IsFailed);

/// <summary>The kinds of messages, as they stand in rows.</summary>
internal static class OutboxKinds
{
    public const string Claim = "claim";
    public const string ClaimWithdrawal = "claim-withdrawal";
    public const string Erasure = "erasure";
}
