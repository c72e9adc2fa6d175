namespace Coop.Federation.Peering;

/// <summary>Who takes a step, as one of the two sees it.</summary>
public enum PeeringSide
{
    /// <summary>This node.</summary>
    Us,

    /// <summary>The peer.</summary>
    Them,
}
