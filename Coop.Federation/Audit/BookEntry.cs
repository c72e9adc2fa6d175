using System.Buffers.Text;
using System.Text;

namespace Coop.Federation.Audit;

/// <summary>An entry that tells of the books: of a unit, an account, a journal or a closed period.</summary>
/// <param name="Seq">Its position.</param>
/// <param name="Id">The event's id.</param>
/// <param name="Type">Its type, one of <see cref="Types"/>.</param>
/// <param name="Actor">Who acted, by a pseudonym.</param>
/// <param name="Time">When, by its node's clock.</param>
/// <param name="PayloadHash">What the payload must hash to, 32 bytes.</param>
/// <param name="Account">The account that it is about, by its subject; null for other events.</param>
public readonly record struct BookEntry(
    long Seq, Guid Id, string Type, string Actor, DateTimeOffset Time, ReadOnlyMemory<byte> PayloadHash, Guid? Account = null)
{
    /// <summary>The types that specs/books-audit.md asks for.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        "account.opened", "account.changed", "account.closed", "journal.posted", "journal.reservation-ended",
        "books.closed", "books.reopened", "reopening.requested",
    ];

    private const int GuidSize = 36;

    private static readonly byte[][] Names = [.. Types.Select(Encoding.ASCII.GetBytes)];

    /// <summary>The account that a subject names: <c>account:</c> and its id.</summary>
    public static Guid? AccountOf(ReadOnlySpan<byte> subject) =>
        subject.StartsWith("account:"u8) && subject.Length == "account:"u8.Length + GuidSize
        && Utf8Parser.TryParse(subject["account:"u8.Length..], out Guid id, out _, 'D')
            ? id
            : null;

    /// <summary>The type, if it is one of the books'.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> type)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (type.SequenceEqual(Names[i]))
            {
                return Types[i];
            }
        }

        return null;
    }
}
