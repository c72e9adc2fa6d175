using System.Text;

namespace Coop.Federation.Audit.Between;

/// <summary>The entries that an audit of several nodes looks into.</summary>
public enum CrossKind
{
    /// <summary>What the node saw of another log.</summary>
    CheckpointSeen,

    /// <summary>A claim left for a peer.</summary>
    ClaimSent,

    /// <summary>A claim of a peer was taken.</summary>
    ClaimReceived,

    /// <summary>A message of trade that the node signed.</summary>
    TradeSent,

    /// <summary>A message of trade of a peer was taken.</summary>
    TradeReceived,
}

internal static class CrossKinds
{
    private static readonly (byte[] Type, CrossKind Kind)[] Table =
    [
        (Encoding.ASCII.GetBytes("checkpoint.seen"), CrossKind.CheckpointSeen),
        (Encoding.ASCII.GetBytes("claim.sent"), CrossKind.ClaimSent),
        (Encoding.ASCII.GetBytes("claim.received"), CrossKind.ClaimReceived),
        (Encoding.ASCII.GetBytes("trade.sent"), CrossKind.TradeSent),
        (Encoding.ASCII.GetBytes("trade.received"), CrossKind.TradeReceived),
    ];

    /// <summary>The kind of an event type; null for one that concerns its own co-op alone.</summary>
    public static CrossKind? Of(ReadOnlySpan<byte> type)
    {
        foreach (var (name, kind) in Table)
        {
            if (type.SequenceEqual(name))
            {
                return kind;
            }
        }

        return null;
    }
}
