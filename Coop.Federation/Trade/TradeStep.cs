namespace Coop.Federation.Trade;

/// <summary>What a message between two co-ops says; specs/trade.md.</summary>
public enum TradeStep
{
    /// <summary>The payer's node has reserved the amount and offers it.</summary>
    Prepare,

    /// <summary>The payee's node promises to credit it when the payer's node commits.</summary>
    Accept,

    /// <summary>The payee's node will not take it.</summary>
    Reject,

    /// <summary>The payer's node has decided: it pays.</summary>
    Commit,

    /// <summary>The payer's node has decided: it does not.</summary>
    Abort,

    /// <summary>The payee's node has credited it.</summary>
    Receipt,

    /// <summary>What the sender's books say that the two owe each other.</summary>
    Statement,

    /// <summary>Whether the receiver's books say the same.</summary>
    Countersign,

    /// <summary>The sender's people decide a transfer in doubt; it counts when the other side has signed the same.</summary>
    Resolve,
}

/// <summary>The kinds as they stand in messages.</summary>
internal static class TradeKinds
{
    private static readonly string[] Names = ["payment", "settlement", "netting"];

    public static string NameOf(TradeKind kind) => Names[(int)kind];

    public static TradeKind? Find(string name) => Array.IndexOf(Names, name) is >= 0 and var index ? (TradeKind)index : null;
}

/// <summary>The steps as they stand in messages, rows and events.</summary>
public static class TradeSteps
{
    private static readonly string[] Names =
        ["prepare", "accept", "reject", "commit", "abort", "receipt", "statement", "countersign", "resolve"];

    public static string NameOf(TradeStep step) => Names[(int)step];

    /// <summary>The step of that name; null where there is none.</summary>
    public static TradeStep? Find(string name) =>
        Array.IndexOf(Names, name) is >= 0 and var index ? (TradeStep)index : null;
}
