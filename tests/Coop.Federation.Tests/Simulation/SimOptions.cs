namespace Coop.Federation.Tests.Simulation;

/// <summary>What a run is like, and what is made wrong in it so that it must fail.</summary>
internal sealed record SimOptions
{
    public int Nodes { get; init; } = 4;

    /// <summary>How one of the nodes lies.</summary>
    public Lie Lie { get; init; }

    /// <summary>Whether nodes crash.</summary>
    public bool Crashes { get; init; } = true;

    /// <summary>Whether crashed nodes come back from backups now and then.</summary>
    public bool Backups { get; init; } = true;

    /// <summary>One message in so many is lost.</summary>
    public int OneLostIn { get; init; } = 12;

    public Mutant Mutant { get; init; }

    /// <summary>How long links and nodes fail.</summary>
    public TimeSpan Trouble { get; init; } = TimeSpan.FromMinutes(12);

    /// <summary>How long it may take, once all is well, until all agree.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromHours(2);
}

/// <summary>What the liar does.</summary>
internal enum Lie
{
    None,

    /// <summary>Shows one history to some peers, and another to the rest.</summary>
    TwoFaces,

    /// <summary>Rewrites its history at some time, signs it anew, and shows it to all.</summary>
    Rewrite,

    /// <summary>Shows another history to one peer, for a moment.</summary>
    Glimpse,
}

/// <summary>An engine or a store that is not as it should be.</summary>
internal enum Mutant
{
    None,

    /// <summary>A member is told that it is done before it is durable.</summary>
    AcknowledgesEarly,

    /// <summary>Entries and the end of their intake rows are two steps.</summary>
    AppendsInTwoSteps,

    /// <summary>A checkpoint is published before the guard knows it.</summary>
    PublishesUnguarded,

    /// <summary>A node whose guard was put back from a copy does not ask its peers.</summary>
    SignsInDoubt,

    /// <summary>The witness answers, and persists later.</summary>
    WitnessForgets,

    /// <summary>The witness does not look at what it cosigned before.</summary>
    WitnessIsBlind,

    /// <summary>The witness has no memory but its database.</summary>
    WitnessUnguarded,

    /// <summary>The follower forgets what it accepted, so there is nothing to be consistent with.</summary>
    FollowerForgets,

    /// <summary>The copy's state is stored before its entries.</summary>
    CopyTears,

    /// <summary>A copy is moved on from a state that it no longer has.</summary>
    CopyOverwrites,

    /// <summary>Checkpoints that others saw are not looked at.</summary>
    IgnoresOthers,

    /// <summary>Evidence stays where it was found.</summary>
    KeepsEvidence,

    /// <summary>Evidence is believed unread.</summary>
    BelievesAnything,

    /// <summary>Every growth of a peer's log is written down, also what only answers this.</summary>
    EntanglesForEver,
}
