namespace Coop.Ledger.Audit;

/// <summary>What an audit of the books can find; specs/books-audit.md lists them by the names of <see cref="BookFindings"/>.</summary>
public enum BookFindingCode
{
    /// <summary>The payload of an entry is not in the file.</summary>
    PayloadMissing,

    /// <summary>A payload is not the one that its entry commits to.</summary>
    PayloadChanged,

    /// <summary>A payload is of no form that the books have.</summary>
    PayloadMalformed,

    /// <summary>By the log, the postings of a journal do not sum to zero in a unit.</summary>
    JournalUnbalanced,

    /// <summary>By the log, a journal names an account that was never opened, is closed, or is a heading.</summary>
    AccountUnusable,

    /// <summary>By the log, the numbers of the books have a gap, or one twice.</summary>
    NumberGap,

    /// <summary>By the log, a journal counts for a day that was closed when it was booked.</summary>
    PeriodBreached,

    /// <summary>By the log, the books were reopened without two people, or in another way than was asked for.</summary>
    ReopeningUnapproved,

    /// <summary>By the log, a balance passed its floor or its ceiling.</summary>
    LimitExceeded,

    /// <summary>By the log, a journal was reversed twice, or the one that it reverses is not in the books.</summary>
    ReversalWrong,

    /// <summary>A journal of the log is not in the books.</summary>
    JournalMissing,

    /// <summary>A journal of the books is not in the log.</summary>
    JournalUnlogged,

    /// <summary>A journal says something else in the books than in the log.</summary>
    JournalChanged,

    /// <summary>A journal has no number in the books.</summary>
    JournalUnnumbered,

    /// <summary>The postings of an account are not numbered one after another, or a running balance is wrong.</summary>
    PostingSequence,

    /// <summary>An account's balance is not the sum of the postings that the log tells of.</summary>
    BalanceWrong,

    /// <summary>An account of the log is not in the books.</summary>
    AccountMissing,

    /// <summary>An account of the books is not in the log.</summary>
    AccountUnlogged,

    /// <summary>An account is something else in the books than in the log.</summary>
    AccountChanged,

    /// <summary>The first open day of the books is not the one that the log tells of.</summary>
    PeriodChanged,
}
