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

    /// <summary>The last item of a batch is linked with a next one, which is not there.</summary>
    LinkOpen,

    /// <summary>The key was used for another request.</summary>
    KeyReused,

    /// <summary>It takes back a journal that is not in these books.</summary>
    UnknownJournal,

    /// <summary>It takes back a journal that another one took back.</summary>
    AlreadyReversed,

    /// <summary>Fewer than two postings.</summary>
    TooFewPostings,

    /// <summary>More than a thousand postings.</summary>
    TooManyPostings,

    /// <summary>A posting moves nothing.</summary>
    ZeroAmount,

    /// <summary>A posting names no account of these books.</summary>
    UnknownAccount,

    /// <summary>Whoever asks may only pay, and this is no payment from accounts of their own.</summary>
    NotAPayment,

    /// <summary>A posting is on a heading of the chart of accounts.</summary>
    PlaceholderAccount,

    /// <summary>A posting is on an account that was closed.</summary>
    AccountClosed,

    /// <summary>The debits of one unit together, or its credits, are more than 2^63 - 1.</summary>
    AmountOverflow,

    /// <summary>The postings of one unit do not sum to zero.</summary>
    Unbalanced,

    /// <summary>It counts for a day before the first open one.</summary>
    PeriodClosed,

    /// <summary>A balance would, at some line, be more than 2^63 - 1 in either direction.</summary>
    BalanceOverflow,

    /// <summary>A balance would sink below its account's floor.</summary>
    BelowFloor,

    /// <summary>A balance would rise above its account's ceiling.</summary>
    AboveCeiling,

    /// <summary>It would be posted, but another that it is linked with is refused.</summary>
    LinkedFailed,
}
