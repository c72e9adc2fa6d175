using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Ledger.Banking;
using Coop.Node.Log;

namespace Coop.Node.Features.Banking;

/// <summary>The events of bank statements; specs/banking.md lists their payloads.</summary>
internal static class BankEvents
{
    public static EventDraft Imported(string actor, StoredStatement statement, string linesHash) => new(
        EventTypes.StatementImported, actor, $"account:{statement.AccountId}", Visibility.Members,
        new JsonObject
        {
            ["statementId"] = statement.View.Id.ToString(),
            ["accountId"] = statement.AccountId.ToString(),
            ["bankId"] = statement.View.BankId,
            ["from"] = Date(statement.View.From),
            ["to"] = Date(statement.View.To),
            ["openingMinor"] = Number(statement.View.OpeningMinor),
            ["closingMinor"] = Number(statement.View.ClosingMinor),
            ["lines"] = statement.View.Lines,
            ["duplicates"] = statement.View.Duplicates,
            ["linesHash"] = linesHash,
        });

    public static EventDraft Matched(string actor, Guid line, Guid account, Guid journal, long journalLine) => new(
        EventTypes.StatementLineMatched, actor, $"account:{account}", Visibility.Members,
        new JsonObject
        {
            ["lineId"] = line.ToString(),
            ["journalId"] = journal.ToString(),
            ["journalLine"] = journalLine,
        });

    public static EventDraft Unmatched(string actor, Guid line, Guid account, Guid journal) => new(
        EventTypes.StatementLineUnmatched, actor, $"account:{account}", Visibility.Members,
        new JsonObject { ["lineId"] = line.ToString(), ["journalId"] = journal.ToString() });

    public static EventDraft RuleKept(string actor, Guid account, BankRule rule) => new(
        EventTypes.StatementRuleKept, actor, $"account:{account}", Visibility.Members,
        new JsonObject
        {
            ["ruleId"] = rule.Id.ToString(),
            ["contains"] = rule.Contains,
            ["counterAccountId"] = rule.CounterAccount.ToString(),
            ["memo"] = rule.Memo,
        });

    public static EventDraft RuleDropped(string actor, Guid account, Guid rule) => new(
        EventTypes.StatementRuleDropped, actor, $"account:{account}", Visibility.Members,
        new JsonObject { ["ruleId"] = rule.ToString() });

    private static string Date(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
