using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Node.Log;

namespace Coop.Node.Governance;

/// <summary>The events of a proposal's life; specs/governance.md lists their payloads.</summary>
public static class ProposalEvents
{
    /// <summary>The actor of what the node does by itself.</summary>
    public const string NodeActor = "node";

    /// <summary>An unpublished text is its author's alone.</summary>
    public static EventDraft Drafted(Guid id, string actor, ProposalText text) => new(
        EventTypes.ProposalDrafted, actor, Subject(id), Visibility.Private, Text(id, text));

    public static EventDraft Edited(Guid id, string actor, ProposalText text) => new(
        EventTypes.ProposalEdited, actor, Subject(id), Visibility.Private, Text(id, text));

    /// <summary>Holds the text, so that the log commits to what was voted on.</summary>
    public static EventDraft Opened(
        Guid id, string actor, ProposalText text, DateTimeOffset closesAt)
    {
        var payload = Text(id, text);
        payload["closesAt"] = Time(closesAt);
        return new(
            EventTypes.ProposalOpened, actor, Subject(id), Visibility.Members, payload);
    }

    public static EventDraft Withdrawn(Guid id, string actor) => new(
        EventTypes.ProposalWithdrawn, actor, Subject(id), Visibility.Members,
        new JsonObject { ["proposalId"] = id.ToString() });

    /// <summary>The entry says that a member voted; how they voted is theirs to read.</summary>
    public static EventDraft VoteCast(Guid id, string actor, Choice choice) => new(
        EventTypes.VoteCast, actor, Subject(id), Visibility.Private,
        new JsonObject
        {
            ["proposalId"] = id.ToString(),
            ["choice"] = ChoiceName.Of(choice),
        });

    public static EventDraft Closed(Guid id, ClosingStore.Count count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return new(
            EventTypes.ProposalClosed, NodeActor, Subject(id), Visibility.Members,
            new JsonObject
            {
                ["proposalId"] = id.ToString(),
                ["closesAt"] = Time(count.ClosesAt),
                ["closedAt"] = Time(count.ClosedAt),
                ["yes"] = count.Tally.Yes,
                ["no"] = count.Tally.No,
                ["abstain"] = count.Tally.Abstain,
                ["eligible"] = count.Eligible,
            });
    }

    private static string Subject(Guid id) => $"proposal:{id}";

    private static JsonObject Text(Guid id, ProposalText text) => new()
    {
        ["proposalId"] = id.ToString(),
        ["title"] = text.Title,
        ["body"] = text.Body,
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
