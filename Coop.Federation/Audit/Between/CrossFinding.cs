using Coop.Federation.Replication;

namespace Coop.Federation.Audit.Between;

/// <summary>Something that does not fit between nodes, or that could not be looked at.</summary>
/// <param name="Code">What kind.</param>
/// <param name="Node">The origin of whose log or node it speaks of: where at fault, at whose fault.</param>
/// <param name="Peer">The origin of the other one; null where there is none.</param>
/// <param name="Detail">A sentence for people.</param>
public sealed record CrossFinding(CrossCode Code, string Node, string? Peer, string Detail)
{
    public bool IsFault => CrossCodes.IsFault(Code);

    /// <summary>The entry in which it shows; null where no entry is meant.</summary>
    public long? Entry { get; init; }

    /// <summary>The origin of the log that has that entry.</summary>
    public string? EntryOf { get; init; }

    /// <summary>The proof, where the log signed it itself.</summary>
    public EquivocationEvidence? Evidence { get; init; }
}
