namespace Coop.Federation.Peering;

/// <summary>Where a peering stands, as one of its two sides sees it.</summary>
public enum PeeringState
{
    /// <summary>One side has signed terms, the other has not answered.</summary>
    Proposed,

    /// <summary>This side has signed what the other proposed, and waits to hear that it arrived.</summary>
    Accepted,

    /// <summary>Both sides have both signatures.</summary>
    Active,

    /// <summary>One side holds it back for a while.</summary>
    Suspended,

    /// <summary>There is evidence against one side; only people end this.</summary>
    Frozen,

    /// <summary>For good. Another peering of the two is a new one.</summary>
    Ended,
}
