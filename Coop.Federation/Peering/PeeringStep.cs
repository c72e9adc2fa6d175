namespace Coop.Federation.Peering;

/// <summary>What either side can do to a peering; each is an event in both logs.</summary>
public enum PeeringStep
{
    /// <summary>Signs terms and puts them to the other side: the first ones, or others for those in force.</summary>
    Proposed,

    /// <summary>Signs what the other proposed.</summary>
    Accepted,

    /// <summary>Says, as who proposed them, that both signatures have arrived: the terms are in force.</summary>
    Activated,

    /// <summary>Takes its own new terms back, or answers no to those of the other; those in force stay.</summary>
    Declined,

    /// <summary>Holds the peering back for a while.</summary>
    Suspended,

    /// <summary>Ends its own hold.</summary>
    Resumed,

    /// <summary>Holds the peering back because of evidence.</summary>
    Frozen,

    /// <summary>Ends the peering, or says no to the first terms.</summary>
    Ended,
}
