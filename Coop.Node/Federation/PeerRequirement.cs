using Coop.Federation.Peering;

namespace Coop.Node.Federation;

/// <summary>Whom an endpoint for peers serves.</summary>
/// <param name="Who">How well the caller must be known.</param>
/// <param name="Scope">What this node must have granted; null where any active peering will do.</param>
internal sealed record PeerRequirement(PeerRequirement.Callers Who, PeeringScope? Scope)
{
    public enum Callers
    {
        /// <summary>A peer with an active peering.</summary>
        Active,

        /// <summary>Whoever's history is pinned, whatever became of the peering.</summary>
        Known,

        /// <summary>Anybody who can sign as the DID that they name.</summary>
        Anybody,
    }
}
