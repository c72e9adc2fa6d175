using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Coop.Ledger.Audit;

/// <summary>What a journal says, by the log or by the books.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number; null where it has none.</param>
/// <param name="EffectiveDate">The day that it counts for.</param>
/// <param name="Memo">Free text.</param>
/// <param name="Reference">Of the document that it rests on.</param>
/// <param name="Attachments">Hashes of documents.</param>
/// <param name="Reverses">The journal that it takes back.</param>
/// <param name="Postings">In any order.</param>
public sealed record JournalFacts(
    Guid Id, long? Number, DateOnly EffectiveDate, string Memo, string? Reference,
    IReadOnlyList<string> Attachments, Guid? Reverses, IReadOnlyList<PostingFacts> Postings);

/// <summary>A posting, by the log or by the books.</summary>
/// <param name="Account">The account.</param>
/// <param name="AmountMinor">Debits positive.</param>
public readonly record struct PostingFacts(Guid Account, long AmountMinor);

/// <summary>
/// What is kept of a journal of the log until the books' own word of it comes: enough to say in what they
/// differ, and no more than 200 bytes.
/// </summary>
internal readonly record struct JournalDigest(long Entry, long? Number, DateOnly EffectiveDate, Guid? Reverses, UInt128 Words, UInt128 Postings)
{
    public static JournalDigest Of(long entry, JournalFacts journal) => new(
        entry, journal.Number, journal.EffectiveDate, journal.Reverses,
        Hash([journal.Memo, journal.Reference ?? "\0", .. journal.Attachments]),
        Hash([.. journal.Postings.OrderBy(p => p.Account).ThenBy(p => p.AmountMinor)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Account:N}{p.AmountMinor}"))]));

    /// <summary>In what another one differs, for people; null where they are alike.</summary>
    public string? Difference(JournalDigest books)
    {
        var parts = new[]
        {
            Number != books.Number ? $"number {Text(books.Number)} instead of {Text(Number)}" : null,
            EffectiveDate != books.EffectiveDate ? $"effective date {books.EffectiveDate:yyyy-MM-dd} instead of {EffectiveDate:yyyy-MM-dd}" : null,
            Reverses != books.Reverses ? "another journal that it reverses" : null,
            Words != books.Words ? "other words: memo, reference or attachments" : null,
            Postings != books.Postings ? "other postings" : null,
        }.Where(p => p is not null).ToList();
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "none";

    // 128 bits of SHA-256: a second preimage is out of reach, and no collision is of use to who wrote the log.
    private static UInt128 Hash(string[] parts) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts.Select(p => $"{p.Length}:{p}")))));
}
