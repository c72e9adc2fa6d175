namespace Coop.Ledger.Journals;

/// <summary>
/// What became of a journal. Where several refusals hold at once the one that stands first here is
/// the answer, so that the same journal on the same books always gets the same code. The order is
/// normative: specs/ledger.md.
/// </summary>
public enum PostingOutcome
{
    /// <summary>It is in the books.</summary>
    Posted = 0,

    /// <summary>Fewer than two postings.</summary>
    TooFewPostings,

    /// <summary>More than a hundred postings.</summary>
    TooManyPostings,

    /// <summary>A posting moves nothing.</summary>
    ZeroAmount,

    /// <summary>A posting names no account of these books.</summary>
    UnknownAccount,

    /// <summary>Whoever asks may only pay, and this is no payment from accounts of their own.</summary>
    NotAPayment,

    /// <summary>The debits of one unit together, or its credits, are more than 2^63 - 1.</summary>
    AmountOverflow,

    /// <summary>The postings of one unit do not sum to zero.</summary>
    Unbalanced,

    /// <summary>A balance would, at some line, be more than 2^63 - 1 in either direction.</summary>
    BalanceOverflow,

    /// <summary>A balance would sink below its account's floor.</summary>
    BelowFloor,
}
