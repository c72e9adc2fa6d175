using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using Coop.Ledger.Units;
using Coop.Node.Log;

namespace Coop.Node.Features.Ledger;

/// <summary>
/// The events of the books; specs/ledger.md lists their payloads. Amounts are decimal strings there:
/// canonical JSON would round a number beyond 2^53.
/// </summary>
internal static class LedgerEvents
{
    public static EventDraft UnitCreated(string actor, Unit unit) => new(
        EventTypes.UnitCreated, actor, $"unit:{unit.Code}", Visibility.Members,
        new JsonObject
        {
            ["code"] = unit.Code.Value,
            ["name"] = unit.Name,
            ["scale"] = unit.Scale,
            ["kind"] = Name(unit.Kind),
        });

    /// <param name="actor">Who opens it.</param>
    /// <param name="account">What is opened.</param>
    /// <param name="owner">Its owner as the log calls members, if it has one.</param>
    /// <param name="parent">What it stands below, if anything.</param>
    public static EventDraft AccountOpened(string actor, Account account, string? owner, Guid? parent) => new(
        EventTypes.AccountOpened, actor, $"account:{account.Id}", Visibility.Members,
        new JsonObject
        {
            ["accountId"] = account.Id.ToString(),
            ["code"] = account.Code,
            ["name"] = account.Name,
            ["unit"] = account.Unit.Value,
            ["type"] = Name(account.Type),
            ["owner"] = owner,
            ["floorMinor"] = Number(account.FloorMinor),
            ["ceilingMinor"] = Number(account.CeilingMinor),
            ["placeholder"] = account.IsPlaceholder,
            ["parentId"] = parent?.ToString(),
        });

    public static EventDraft AccountChanged(string actor, Account account, Guid? parent) => new(
        EventTypes.AccountChanged, actor, $"account:{account.Id}", Visibility.Members,
        new JsonObject
        {
            ["accountId"] = account.Id.ToString(),
            ["code"] = account.Code,
            ["name"] = account.Name,
            ["floorMinor"] = Number(account.FloorMinor),
            ["ceilingMinor"] = Number(account.CeilingMinor),
            ["placeholder"] = account.IsPlaceholder,
            ["parentId"] = parent?.ToString(),
        });

    public static EventDraft AccountClosed(string actor, AccountId account) => new(
        EventTypes.AccountClosed, actor, $"account:{account}", Visibility.Members,
        new JsonObject { ["accountId"] = account.ToString() });

    public static EventDraft JournalPosted(
        string actor, Journal journal, IReadOnlyList<PostingDraft> postings) => new(
        EventTypes.JournalPosted, actor, $"journal:{journal.Head.Id}", Visibility.Members,
        new JsonObject
        {
            ["journalId"] = journal.Head.Id.ToString(),
            ["number"] = Number(journal.Number),
            ["memo"] = journal.Head.Memo,
            ["reference"] = journal.Head.Reference,
            ["attachments"] = new JsonArray([.. journal.Head.Attachments.Select(a => (JsonNode)a.Hash)]),
            ["reverses"] = journal.Head.Reverses?.ToString(),
            ["effectiveDate"] = journal.Head.EffectiveDate.ToString("O", CultureInfo.InvariantCulture),
            ["postings"] = Payload(postings),
        });

    /// <summary>Postings as event payloads have them.</summary>
    internal static JsonArray Payload(IReadOnlyList<PostingDraft> postings) => new([.. postings.Select(Payload)]);

    private static JsonObject Payload(PostingDraft posting) => new()
    {
        ["accountId"] = posting.Account.ToString(),
        ["amountMinor"] = Number(posting.Amount.Minor),
    };

    private static string? Number(long? value) => value is { } number ? Number(number) : null;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>An enum's value as the API and the events write it.</summary>
    internal static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
