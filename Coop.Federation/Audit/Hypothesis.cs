using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;

namespace Coop.Federation.Audit;

/// <summary>
/// A guess at the leaves that were signed: the entries as served, except where another witness says
/// otherwise. When its root is the signed one, the guess is proven, and the entries that it replaces are
/// the ones that were changed.
/// </summary>
internal sealed class Hypothesis(TreeEdge tree)
{
    private readonly List<FullTile> _unused = [];

    /// <summary>The first leaf that differs from the one of the served entry.</summary>
    public long? FirstDifference { get; private set; }

    /// <summary>Whether the leaf after that differs too.</summary>
    public bool NextDiffers { get; private set; }

    /// <summary>Appends a leaf that nobody contests.</summary>
    public void Add(ReadOnlySpan<byte> served) => Add(served, served);

    public void Add(ReadOnlySpan<byte> served, ReadOnlySpan<byte> guessed)
    {
        if (!guessed.SequenceEqual(served))
        {
            NextDiffers |= FirstDifference == tree.Size - 1;
            FirstDifference ??= tree.Size;
        }

        tree.Append(guessed, _unused);
        _unused.Clear();
    }

    public bool IsProvenBy(ReadOnlyMemory<byte> root) =>
        FirstDifference is not null && tree.Root().AsSpan().SequenceEqual(root.Span);

    /// <summary>Reads leaf hashes one after the other.</summary>
    internal static ReadOnlySpan<byte> Leaf(ReadOnlySpan<byte> hashes, int i) =>
        hashes.Slice(i * TreeHash.SizeBytes, TreeHash.SizeBytes);
}
