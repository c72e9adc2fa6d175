using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Ledger.Journals;
using Coop.Ledger.Shares;
using Coop.Ledger.Units;
using Coop.Node.Log;

namespace Coop.Node.Features.Shares;

/// <summary>The events of share capital, beside those of the books; specs/shares.md lists their payloads.</summary>
internal static class ShareEvents
{
    public static EventDraft ClassCreated(string actor, ShareClass added) => new(
        EventTypes.ShareClassCreated, actor, $"shares:{added.Unit}", Visibility.Members,
        new JsonObject
        {
            ["class"] = added.Unit.Value,
            ["moneyUnit"] = added.MoneyUnit.Value,
            ["parMinor"] = Number(added.ParMinor),
            ["votes"] = added.Votes,
            ["noticeDays"] = added.NoticeDays,
            ["issuedAccountId"] = added.Issued.ToString(),
        });

    /// <param name="type">Subscribed, or paid in.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="of">The class.</param>
    /// <param name="member">Whose shares, as the log calls members.</param>
    /// <param name="minor">Shares, or minor units of money.</param>
    /// <param name="journal">What was posted.</param>
    public static EventDraft Moved(string type, string actor, UnitCode of, string member, long minor, JournalId journal) => new(
        type, actor, $"shares:{of}", Visibility.Members,
        new JsonObject
        {
            ["class"] = of.Value,
            ["member"] = member,
            ["minor"] = Number(minor),
            ["journalId"] = journal.ToString(),
        });

    public static EventDraft Transferred(
        string actor, UnitCode of, string from, string to, (long Shares, long PaidMinor) moved, JournalId journal) => new(
        EventTypes.SharesTransferred, actor, $"shares:{of}", Visibility.Members,
        new JsonObject
        {
            ["class"] = of.Value,
            ["from"] = from,
            ["to"] = to,
            ["shares"] = Number(moved.Shares),
            ["paidMinor"] = Number(moved.PaidMinor),
            ["journalId"] = journal.ToString(),
        });

    public static EventDraft NoticeGiven(string actor, ShareNotice notice, string member) => new(
        EventTypes.ShareNoticeGiven, actor, $"share-notice:{notice.Id}", Visibility.Members,
        new JsonObject
        {
            ["noticeId"] = notice.Id.ToString(),
            ["class"] = notice.Unit.Value,
            ["member"] = member,
            ["shares"] = Number(notice.Shares),
            ["dueOn"] = notice.DueOn.ToString("O", CultureInfo.InvariantCulture),
        });

    public static EventDraft NoticeEnded(string actor, Guid notice, string outcome, JournalId? journal) => new(
        EventTypes.ShareNoticeEnded, actor, $"share-notice:{notice}", Visibility.Members,
        new JsonObject
        {
            ["noticeId"] = notice.ToString(),
            ["outcome"] = outcome,
            ["journalId"] = journal?.ToString(),
        });

    public static EventDraft Requested(string actor, ShareRequest asked) => new(
        EventTypes.ShareRequestMade, actor, $"share-request:{asked.Id}", Visibility.Members,
        new JsonObject
        {
            ["requestId"] = asked.Id.ToString(),
            ["class"] = asked.Unit.Value,
            ["shares"] = Number(asked.Shares),
        });

    public static EventDraft RequestEnded(string actor, ShareRequest ended) => new(
        EventTypes.ShareRequestEnded, actor, $"share-request:{ended.Id}", Visibility.Members,
        new JsonObject
        {
            ["requestId"] = ended.Id.ToString(),
            ["outcome"] = ended.State,
            ["journalId"] = ended.JournalId?.ToString(),
        });

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
