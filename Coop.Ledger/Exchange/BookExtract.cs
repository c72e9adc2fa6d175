using Coop.Ledger.Accounts;
using Coop.Ledger.Units;

namespace Coop.Ledger.Exchange;

/// <summary>An account as files name it.</summary>
/// <param name="Id">Its id in the books.</param>
/// <param name="Code">Its number in the chart of accounts, if it has one.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Unit">What it is kept in.</param>
/// <param name="Type">Asset, liability, equity, income or expense.</param>
public sealed record BookAccount(AccountId Id, string? Code, string Name, Unit Unit, AccountType Type);

/// <summary>A journal on its way into a file.</summary>
/// <param name="Id">The journal's id.</param>
/// <param name="EventId">The event of the log that tells of it.</param>
/// <param name="EffectiveDate">The day that it counts for.</param>
/// <param name="BookedAt">When it was booked.</param>
/// <param name="Memo">Free text, may be empty, may have line breaks.</param>
/// <param name="Lines">Its postings, line 1 first; they sum to zero in each unit.</param>
public sealed record BookEntry(
    Guid Id, Guid EventId, DateOnly EffectiveDate, DateTimeOffset BookedAt, string Memo, IReadOnlyList<BookLine> Lines)
{
    /// <summary>Its number in the books; null for journals from before there were numbers.</summary>
    public long? Number { get; init; }

    /// <summary>The number of the document that it rests on, if any.</summary>
    public string? Reference { get; init; }
}

/// <summary>A posting on its way into a file.</summary>
/// <param name="Account">One of the extract's accounts.</param>
/// <param name="AmountMinor">In minor units of the account's unit: debits positive, credits negative.</param>
public readonly record struct BookLine(AccountId Account, long AmountMinor);

/// <summary>The books, or a part of them, as of one moment.</summary>
/// <param name="Units">Every unit that an account is kept in.</param>
/// <param name="Accounts">Every account that an entry names.</param>
/// <param name="Entries">The journals, read once, as a stream.</param>
/// <param name="BalancesMinor">
/// What the books say each account stands at after the last entry: not added up from the entries, so that
/// whoever reads the file checks one against the other.
/// </param>
public sealed record BookExtract(
    IReadOnlyList<Unit> Units,
    IReadOnlyList<BookAccount> Accounts,
    IAsyncEnumerable<BookEntry> Entries,
    IReadOnlyDictionary<AccountId, long> BalancesMinor);
