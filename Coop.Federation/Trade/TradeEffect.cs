namespace Coop.Federation.Trade;

/// <summary>What a step does to the books of the side on which it happens.</summary>
public enum TradeEffect
{
    None,

    /// <summary>The payer's account gives the amount into what is under way.</summary>
    Reserve,

    /// <summary>What is under way goes back to the payer's account.</summary>
    Release,

    /// <summary>What is under way becomes owed to the peer.</summary>
    Pay,

    /// <summary>The amount counts against the peer's limit.</summary>
    Promise,

    /// <summary>It does so no longer.</summary>
    Forgive,

    /// <summary>The peer owes the amount, and the payee has it.</summary>
    Credit,
}
