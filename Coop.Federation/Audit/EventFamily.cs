namespace Coop.Federation.Audit;

/// <summary>What an event is about, roughly; enough for a picture of a log.</summary>
public enum EventFamily
{
    /// <summary>Members, guests, invitations and their credentials.</summary>
    Members,

    /// <summary>Proposals, votes, announcements.</summary>
    Governance,

    /// <summary>Units, accounts, journals.</summary>
    Ledger,

    /// <summary>Peerings, claims, and what is seen of other logs.</summary>
    Federation,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>The families by the first word of an event's type.</summary>
internal static class EventFamilies
{
    public static EventFamily Of(ReadOnlySpan<byte> type)
    {
        var dot = type.IndexOf((byte)'.');
        var word = dot < 0 ? type : type[..dot];
        return word.SequenceEqual("member"u8) || word.SequenceEqual("invitation"u8) || word.SequenceEqual("guest"u8)
                || word.SequenceEqual("credential"u8) || word.SequenceEqual("issuer"u8) || word.SequenceEqual("consent"u8)
                ? EventFamily.Members
            : word.SequenceEqual("proposal"u8) || word.SequenceEqual("vote"u8) || word.SequenceEqual("announcement"u8)
                ? EventFamily.Governance
            : word.SequenceEqual("unit"u8) || word.SequenceEqual("account"u8) || word.SequenceEqual("journal"u8)
                || word.SequenceEqual("books"u8) || word.SequenceEqual("reopening"u8) || word.SequenceEqual("statement"u8)
                ? EventFamily.Ledger
            : word.SequenceEqual("peering"u8) || word.SequenceEqual("checkpoint"u8) || word.SequenceEqual("equivocation"u8)
                || word.SequenceEqual("claim"u8) || word.SequenceEqual("dataset"u8) || word.SequenceEqual("payload"u8)
                ? EventFamily.Federation
            : EventFamily.Other;
    }
}
