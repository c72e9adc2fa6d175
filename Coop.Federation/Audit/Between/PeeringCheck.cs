namespace Coop.Federation.Audit.Between;

/// <summary>Holds the two sides of a peering against each other.</summary>
internal sealed class PeeringCheck
{
    private readonly List<CrossFinding> _findings = [];

    /// <summary>What each node lists about each other, against what that one shows and lists.</summary>
    public static IReadOnlyList<CrossFinding> Run(IReadOnlyList<NodeVisit> nodes)
    {
        var check = new PeeringCheck();
        foreach (var node in nodes)
        {
            foreach (var peer in nodes.Where(n => n.Origin != node.Origin))
            {
                check.Run(node, peer);
            }
        }

        return check._findings;
    }

    private void Run(NodeVisit node, NodeVisit peer)
    {
        if (node.ListingOf(peer) is not { } listing)
        {
            return;
        }

        CheckKeys(node, peer, listing);
        if (listing.State == PeerListing.Frozen)
        {
            _findings.Add(new(CrossCode.PeeringFrozen, peer.Origin, node.Origin, $"{node.Name} has frozen its peering with {peer.Name}."));
        }

        if (peer.ListingOf(node) is not { } reverse)
        {
            Find(CrossCode.PeeringOneSided, node, peer, $"{node.Name} lists {peer.Name} as a peer ({listing.State}); {peer.Name} does not list {node.Name}.");
        }
        else if (string.CompareOrdinal(node.Origin, peer.Origin) < 0)
        {
            CompareSides(node, peer, listing, reverse);
        }
    }

    private void CheckKeys(NodeVisit node, NodeVisit peer, PeerListing listing)
    {
        if (listing.Did != peer.Node!.Did)
        {
            Find(CrossCode.PeeringKey, node, peer, $"{node.Name} knows {peer.Name} as {listing.Did}; it calls itself {peer.Node.Did}.");
        }

        if (listing.LogKey != peer.Node.Key)
        {
            Find(CrossCode.PeeringKey, node, peer, $"{node.Name} holds the log of {peer.Name} to the key {listing.LogKey}; it shows {peer.Node.Key}.");
        }

        if (listing.WitnessKey is { } pinned && peer.Node.WitnessKey is { } shown && pinned != shown)
        {
            Find(CrossCode.PeeringKey, node, peer, $"{node.Name} knows {peer.Name} as the witness {pinned}; it shows {shown}.");
        }
    }

    private void CompareSides(NodeVisit node, NodeVisit peer, PeerListing one, PeerListing other)
    {
        if (one.Id != other.Id || one.TermsHash != other.TermsHash)
        {
            Find(CrossCode.PeeringTerms, node, peer, $"{node.Name} and {peer.Name} hold different terms: {Terms(one)} and {Terms(other)}.");
        }

        if (!Fit(one.State, other.State))
        {
            Find(CrossCode.PeeringState, node, peer, $"The peering is {one.State} at {node.Name} and {other.State} at {peer.Name}.");
        }
    }

    // Each side may freeze on its own, and what one has accepted the other may have made active by now.
    private static bool Fit(string one, string other) =>
        one == other
        || one == PeerListing.Frozen || other == PeerListing.Frozen
        || (IsBeginning(one) && IsBeginning(other));

    private static bool IsBeginning(string state) => state is "proposed" or "accepted" or PeerListing.Active;

    private static string Terms(PeerListing listing) => $"{listing.Id}, {listing.TermsHash ?? "not signed"}";

    private void Find(CrossCode code, NodeVisit node, NodeVisit peer, string detail) =>
        _findings.Add(new(code, node.Origin, peer.Origin, detail));
}
