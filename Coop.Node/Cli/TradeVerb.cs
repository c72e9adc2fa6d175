using System.CommandLine;

namespace Coop.Node.Cli;

/// <summary>
/// <c>trade</c>: what is under way with other co-ops, out of the node's own database, whether or not the node runs.
/// It only shows; what is signed to others is signed by the running node. Exit code 0 when it was shown, 1 when not.
/// </summary>
internal static class TradeVerb
{
    private static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON" };

    private static readonly Option<bool> Open = new("--open") { Description = "Only those that are not final" };

    public static Command Create() => new("trade", "Transfers with other co-ops, and what the co-ops owe each other")
    {
        Verb("list", "List the transfers with other co-ops, newest first", [Open, Json], (parsed, desk, ct) =>
            desk.TransfersAsync(parsed.GetValue(Open), parsed.GetValue(Json), ct)),
        Verb("positions", "Show what this co-op and others owe each other", [Json], (parsed, desk, ct) =>
            desk.PositionsAsync(parsed.GetValue(Json), ct)),
        Verb("nettings", "List the nettings with other co-ops, newest first", [Json], (parsed, desk, ct) =>
            desk.NettingsAsync(parsed.GetValue(Json), ct)),
    };

    private static Command Verb(
        string name, string description, IReadOnlyList<Option> options, Func<ParseResult, PeersDesk, CancellationToken, Task> run)
    {
        var verb = new Command(name, description);
        foreach (var option in options)
        {
            verb.Options.Add(option);
        }

        verb.SetAction((parsed, ct) => PeersDesk.RunAsync((desk, c) => run(parsed, desk, c), ct));
        return verb;
    }
}
