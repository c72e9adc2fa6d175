namespace Coop.Federation.Peering;

/// <summary>Whether one side holds the peering back.</summary>
public enum PeeringHold
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Its people suspended it.</summary>
    Suspended,

    /// <summary>It has evidence.</summary>
    Frozen,
}
