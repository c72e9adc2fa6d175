using System.Text.Json.Nodes;
using Coop.Federation.Audit;
using Coop.Ledger.Audit;
using Coop.Node.Log;

namespace Coop.Node.Cli.Books;

/// <summary>Payloads of the books' events, as specs/ledger.md lists them.</summary>
internal static class BookPayload
{
    /// <exception cref="FormatException">It is of another form.</exception>
    public static BookEvent Read(BookEntry entry, BooksLine payload)
    {
        var (seq, time, actor) = (entry.Seq, entry.Time, entry.Actor);
        return entry.Type switch
        {
            EventTypes.AccountOpened => new AccountOpened(seq, time, actor, new AccountFacts(
                payload.Id("accountId"), payload.Text("unit"), payload.Type("type"), payload.OptionalAmount("floorMinor"),
                payload.OptionalAmount("ceilingMinor"), payload.OptionalFlag("placeholder"), IsClosed: false)),
            EventTypes.AccountChanged => new AccountChanged(
                seq, time, actor, payload.Id("accountId"), payload.OptionalAmount("floorMinor"), payload.OptionalAmount("ceilingMinor"),
                payload.OptionalFlag("placeholder")),
            EventTypes.AccountClosed => new AccountClosed(seq, time, actor, payload.Id("accountId")),
            EventTypes.JournalPosted => new JournalPosted(
                seq, time, actor, payload.Journal("journalId", [.. payload.List("postings").Select(Posting)])),
            EventTypes.JournalReservationEnded => new ReservationEnded(seq, time, actor, payload.OptionalId("journalId")),
            EventTypes.ReopeningRequested => new ReopeningRequested(
                seq, time, actor, payload.Id("reopeningId"), payload.Date("openFrom")),
            EventTypes.BooksClosed or EventTypes.BooksReopened => new PeriodMoved(
                seq, time, actor, payload.Amount("number"), payload.Date("openBefore"), payload.Date("openFrom"), payload.OptionalId("reopeningId")),
            _ => throw new FormatException($"{entry.Type} is no event of the books."),
        };
    }

    private static PostingFacts Posting(JsonNode? node)
    {
        var posting = new BooksLine(node as JsonObject ?? throw BooksLine.Wrong("postings"));
        return new(posting.Id("accountId"), posting.Amount("amountMinor"));
    }
}
