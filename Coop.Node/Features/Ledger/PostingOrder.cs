namespace Coop.Node.Features.Ledger;

/// <summary>What one request asks to post. Compared by identity.</summary>
public sealed class PostingOrder(IReadOnlyList<PostingItem> items)
{
    public IReadOnlyList<PostingItem> Items { get; } = items;

    /// <summary>
    /// The items in runs of those that are linked: an item is with the next one while it says so. Null in
    /// the place of the run that the end of the order left open.
    /// </summary>
    public IEnumerable<(IReadOnlyList<PostingItem> Items, bool IsClosed)> Chains()
    {
        var chain = new List<PostingItem>();
        foreach (var item in Items)
        {
            chain.Add(item);
            if (!item.Linked)
            {
                yield return (chain, true);
                chain = [];
            }
        }

        if (chain.Count > 0)
        {
            yield return (chain, false);
        }
    }
}
