using Coop.Federation.Peering;

namespace Coop.Node.Federation;

/// <summary>A peering as it is stored.</summary>
/// <param name="Id">The same on both sides.</param>
/// <param name="PeerDid">The other side.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="InForce">The terms in force; null before there are any.</param>
/// <param name="OnTable">Terms that wait for an answer.</param>
/// <param name="OurSteps">How many steps this side has taken.</param>
/// <param name="TheirSteps">How many of the peer's steps have arrived.</param>
/// <param name="CreatedAt">When it was first proposed.</param>
/// <param name="Since">Since when it is in its state.</param>
/// <param name="Trouble">Why the last step could not be delivered; null where all is well.</param>
public sealed record PeeringRecord(
    Guid Id,
    string PeerDid,
    PeeringStanding Standing,
    SignedTerms? InForce,
    SignedTerms? OnTable,
    long OurSteps,
    long TheirSteps,
    DateTimeOffset CreatedAt,
    DateTimeOffset Since,
    string? Trouble)
{
    /// <summary>Before its first step.</summary>
    internal static PeeringRecord New(SignedTerms terms, string peerDid, DateTimeOffset now) => new(
        terms.Terms.PeeringId, peerDid, PeeringStanding.None, null, terms, 0, 0, now, now, null);

    /// <summary>Those in force; before there are any, those that are proposed.</summary>
    public SignedTerms Terms => InForce ?? OnTable ?? throw new InvalidOperationException("A peering has terms.");

    public PeerDescriptor Peer => Terms.Terms.PartyOf(PeerDid)!.Who;

    /// <summary>As the rest of the node sees it.</summary>
    public Peering ToPeering() => new(Id, Peer, Terms.Terms, Standing.State, Since);
}
