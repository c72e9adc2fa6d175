namespace Coop.Ledger.Accounts;

/// <summary>Why an account cannot stand below another; the first that holds is answered.</summary>
public enum PlaceRefusal
{
    /// <summary>It can.</summary>
    None = 0,

    /// <summary>The two are of different types.</summary>
    OtherType,

    /// <summary>It would stand above itself.</summary>
    Cycle,

    /// <summary>Something would be more than eight steps from its root.</summary>
    TooDeep,
}
