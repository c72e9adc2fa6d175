using Coop.Ledger.Journals;

namespace Coop.Ledger.Pending;

/// <summary>A journal that is promised and not booked: it reserves what it will move.</summary>
/// <param name="Head">What it says; booked means reserved here.</param>
/// <param name="ExpiresAt">When it ends by itself; null for never.</param>
/// <param name="Postings">In the order of its lines.</param>
/// <param name="State">What became of it.</param>
public sealed record PendingJournal(
    JournalHead Head, DateTimeOffset? ExpiresAt, IReadOnlyList<PostingDraft> Postings, PendingState State)
{
    /// <summary>Whether it may still be posted; its time is over at <see cref="ExpiresAt"/> itself.</summary>
    public bool IsOver(DateTimeOffset now) => State != PendingState.Pending || ExpiresAt <= now;

    /// <summary>The postings if no more than an amount of it is posted; null where that cannot be.</summary>
    /// <param name="amountMinor">
    /// From 1 to what it moves, for a pending journal of two postings; null for the whole.
    /// </param>
    public IReadOnlyList<PostingDraft>? Part(long? amountMinor)
    {
        if (amountMinor is not { } amount)
        {
            return Postings;
        }

        return Postings is [var first, var second] && amount >= 1 && amount <= Math.Abs(first.Amount.Minor)
            ? [Part(first, amount), Part(second, amount)]
            : null;
    }

    private static PostingDraft Part(PostingDraft whole, long amountMinor) =>
        whole with { Amount = new Amount(whole.Amount.IsDebit ? amountMinor : -amountMinor) };
}
