namespace Coop.Federation.Peering;

/// <summary>
/// All that decides which step may follow in a peering, as one side sees it. The two sides see the same, mirrored,
/// once every step has arrived. Immutable; specs/peering.md, Steps.
/// </summary>
/// <param name="Version">Of the terms in force; 0 before there are any.</param>
/// <param name="Hash">Of the terms in force; null before there are any.</param>
/// <param name="Pending">Terms that wait for an answer.</param>
/// <param name="OurHold">Whether this side holds it back.</param>
/// <param name="TheirHold">Whether the peer does.</param>
/// <param name="IsEnded">For good.</param>
public sealed record PeeringStanding(
    int Version, string? Hash, PendingTerms? Pending, PeeringHold OurHold, PeeringHold TheirHold, bool IsEnded)
{
    /// <summary>Before the first step.</summary>
    public static PeeringStanding None { get; } = new(0, null, null, PeeringHold.None, PeeringHold.None, false);

    /// <summary>What this comes to.</summary>
    public PeeringState State => this switch
    {
        { IsEnded: true } => PeeringState.Ended,
        { Version: 0, Pending.IsAccepted: true } => PeeringState.Accepted,
        { Version: 0 } => PeeringState.Proposed,
        { OurHold: PeeringHold.Frozen } or { TheirHold: PeeringHold.Frozen } => PeeringState.Frozen,
        { OurHold: PeeringHold.Suspended } or { TheirHold: PeeringHold.Suspended } => PeeringState.Suspended,
        _ => PeeringState.Active,
    };

    /// <summary>The hash of the terms that a step without terms of its own is about.</summary>
    public string? CurrentHash => Hash ?? Pending?.Hash;
}
