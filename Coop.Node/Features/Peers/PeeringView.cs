using Coop.Federation.Peering;
using Coop.Node.Federation;

namespace Coop.Node.Features.Peers;

/// <param name="Did">The DID of its node.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Address">Where its node is.</param>
/// <param name="LogOrigin">The name of its log.</param>
/// <param name="LogVkey">Verifies its checkpoints.</param>
/// <param name="WitnessVkey">Verifies its cosignatures.</param>
public sealed record PeerWho(string Did, string Name, string Address, string LogOrigin, string LogVkey, string WitnessVkey)
{
    internal static PeerWho Of(PeerDescriptor who) => new(
        who.Did, who.Name, who.AddressText, who.LogOrigin, who.LogKey.ToString(), who.WitnessKey.ToString());
}

/// <param name="TermsHash">Names these terms; to be given when they are accepted.</param>
/// <param name="Version">1 for the first.</param>
/// <param name="Ours">What this co-op lets the peer do.</param>
/// <param name="Theirs">What the peer lets this co-op do.</param>
public sealed record TermsView(string TermsHash, int Version, GrantBody Ours, GrantBody Theirs)
{
    internal static TermsView? Of(SignedTerms? terms, string peerDid) => terms is null ? null : new(
        terms.Terms.Hash, terms.Terms.Version, GrantBody.Of(terms.Terms.OtherThan(peerDid).Grant),
        GrantBody.Of(terms.Terms.PartyOf(peerDid)!.Grant));
}

/// <param name="Id">The same on both sides.</param>
/// <param name="Peer">Who it is, as the terms say.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">Since when.</param>
/// <param name="CreatedAt">When it was proposed.</param>
/// <param name="InForce">The terms that both have signed; null before there are any.</param>
/// <param name="OnTable">Terms that are proposed.</param>
/// <param name="ProposedBy">Whose the proposed terms are.</param>
/// <param name="AwaitsUs">Whether this co-op is asked to accept them.</param>
/// <param name="OurHold">Whether this co-op holds the peering back.</param>
/// <param name="TheirHold">Whether the peer does.</param>
/// <param name="Fingerprint">To be compared over another way; the same on both sides.</param>
/// <param name="Trouble">Why the last step could not be delivered yet; null where all is well.</param>
public sealed record PeeringView(
    Guid Id,
    PeerWho Peer,
    PeeringState State,
    DateTimeOffset Since,
    DateTimeOffset CreatedAt,
    TermsView? InForce,
    TermsView? OnTable,
    PeeringSide? ProposedBy,
    bool AwaitsUs,
    PeeringHold OurHold,
    PeeringHold TheirHold,
    string Fingerprint,
    string? Trouble)
{
    internal static PeeringView Of(PeeringRecord record)
    {
        var pending = record.Standing.Pending;
        var terms = record.Terms.Terms;
        return new(
            record.Id, PeerWho.Of(record.Peer), record.Standing.State, record.Since, record.CreatedAt,
            TermsView.Of(record.InForce, record.PeerDid), pending is null ? null : TermsView.Of(record.OnTable, record.PeerDid),
            pending?.By, !record.Standing.IsEnded && pending is { By: PeeringSide.Them, IsAccepted: false },
            record.Standing.OurHold, record.Standing.TheirHold,
            PeerFingerprint.Of(terms.Proposer.Who, terms.Other.Who), record.Trouble);
    }
}
