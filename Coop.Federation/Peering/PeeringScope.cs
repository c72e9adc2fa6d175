namespace Coop.Federation.Peering;

/// <summary>What one side of a peering may do at the other, which grants it.</summary>
public enum PeeringScope
{
    /// <summary>Keep a copy of the granter's log, and tell it when its own has grown.</summary>
    Replicate,

    /// <summary>Have its checkpoints cosigned by the granter, and ask what it has seen.</summary>
    Witness,

    /// <summary>Send claims, and read what the granter shares.</summary>
    Claims,

    /// <summary>Its members may sign in at the granter as guests.</summary>
    VisitingMembers,

    /// <summary>Owe the granter, up to the limit of each unit.</summary>
    Trade,
}
