using Coop.Federation.Peering;

namespace Coop.Node.Federation.Wire;

/// <summary>What terms that a peer sends must be, before any of them counts.</summary>
internal static class ReceivedTerms
{
    /// <summary>Checks terms that the peer proposes: its own signature, nobody else's, and this node as it is.</summary>
    /// <exception cref="PeeringException">They are not.</exception>
    public static async Task CheckProposedAsync(
        SignedTerms terms, Guid? peeringId, string peerDid, PeerDescriptor self, Func<Task<bool>> isSignedByPeer)
    {
        if ((peeringId is { } id && terms.Terms.PeeringId != id)
            || terms.Terms.Proposer.Who.Did != peerDid || terms.Terms.Other.Who with { Name = self.Name } != self)
        {
            throw new PeeringException(PeeringCodes.Parties, "The terms are not of this peering: they name others, or this node otherwise than it is.");
        }

        // What a side grants is only what that side signed; nobody can have signed for this one.
        if (terms.Names(self.Did))
        {
            throw new PeeringException(PeeringCodes.Proof, "The terms bring a proof of a side that has not signed them.");
        }

        await RequireProofAsync(isSignedByPeer);
    }

    /// <summary>Checks our own terms that the peer has signed: unchanged, with our proof as it was.</summary>
    /// <exception cref="PeeringException">They are not.</exception>
    public static async Task CheckAcceptedAsync(
        SignedTerms terms, SignedTerms? proposed, PeerDescriptor self, Func<Task<bool>> isSignedByPeer)
    {
        if (proposed is null || !terms.Keeps(self.Did, proposed))
        {
            throw new PeeringException(PeeringCodes.Terms, "These are not the terms that were proposed.");
        }

        await RequireProofAsync(isSignedByPeer);
    }

    private static async Task RequireProofAsync(Func<Task<bool>> isSignedByPeer)
    {
        if (!await isSignedByPeer())
        {
            throw new PeeringException(PeeringCodes.Proof, "The peer's proof is missing or does not hold.");
        }
    }
}
