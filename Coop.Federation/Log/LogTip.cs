namespace Coop.Federation.Log;

/// <summary>What must be known to append: origin, right edge, and the last entry's leaf hash.</summary>
/// <param name="Origin">The log's name, part of every entry.</param>
/// <param name="Edge">The tree's right edge; never changed once it is here.</param>
/// <param name="LastLeaf">Leaf hash of the last entry, 32 bytes; of an empty log, the empty tree's root.</param>
public sealed record LogTip(string Origin, TreeEdge Edge, byte[] LastLeaf)
{
    public LogState State { get; } = new(Edge.Size, Edge.Root());

    public long Size => Edge.Size;
}
