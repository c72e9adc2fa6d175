using System.CommandLine;
using Coop.Federation.Peering;
using Coop.Federation.Replication;
using Coop.Node.Federation;
using Coop.Node.Federation.Wire;
using Coop.Node.Http;

namespace Coop.Node.Cli;

/// <summary>
/// <c>peers</c>: the co-op's peerings, on the node's own database and keys, whether or not the node runs; steps go to
/// the other co-op as soon as it does. They are the operator's, who is no member here. Exit code 0 when it was done, 1 when nothing was changed.
/// </summary>
internal static class PeersVerb
{
    private static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON, as /api/peers does" };

    private static readonly Argument<string> Other = new("PEER") { Description = "The address of the other co-op's node, or its did:webvh" };

    private static readonly Argument<string> Which = new("PEERING")
    {
        Description = "The id of the peering, or the address or DID of the other co-op",
    };

    private static readonly Option<PeeringScope[]> Scopes = new("--scope")
    {
        Description = $"What both let each other do, of {string.Join(", ", PeeringScopes.All.Select(PeeringScopes.Name))}; default replicate and witness",
        HelpName = "SCOPE",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result =>
        {
            try
            {
                return [.. result.Tokens.Select(t => PeeringScopes.Parse(t.Value))];
            }
            catch (PeeringException e)
            {
                result.AddError($"--scope: {e.Message}");
                return [];
            }
        },
    };

    private static readonly Option<string?> Fingerprint = new("--fingerprint")
    {
        Description = "The number that you compared with the other co-op; refused where it is another", HelpName = "NUMBER",
    };

    private static readonly Option<string?> Reason = new("--reason") { Description = "For both co-ops' people", HelpName = "TEXT" };

    private static readonly Option<HistoryChoice?> History = new("--history")
    {
        Description = "For a peering that evidence froze: served to follow the history that the other co-op's log serves now, kept to refuse it",
        HelpName = "served|kept",
    };

    public static Command Create() => new("peers", "The co-ops with which this one has peerings")
    {
        Verb("list", "List the peerings", [Json], (parsed, desk, ct) => desk.ListAsync(parsed.GetValue(Json), ct)),
        Verb("preview", "Show who is at an address or behind a DID", [Other, Json], (parsed, desk, ct) =>
            desk.PreviewAsync(parsed.GetValue(Other)!, parsed.GetValue(Json), ct)),
        Verb("propose", "Sign terms and put them to another co-op", [Other, Scopes, Fingerprint, Json], (parsed, desk, ct) =>
            desk.ProposeAsync(parsed.GetValue(Other)!, Grant(parsed), parsed.GetValue(Fingerprint), parsed.GetValue(Json), ct)),
        Verb("accept", "Sign the terms that another co-op has proposed", [Which, Json], (parsed, desk, ct) =>
            desk.AcceptAsync(parsed.GetValue(Which)!, parsed.GetValue(Json), ct)),
        Step("suspend", "Suspend a peering", (desk, id, reason, ct) => desk.SuspendAsync(id, reason, PeeringBook.Operator, ct)),
        Verb("resume", "Resume a peering, also one that was frozen", [Which, Reason, History, Json], (parsed, desk, ct) =>
            desk.StepAsync(
                parsed.GetValue(Which)!,
                (d, id, c) => d.ResumeAsync(id, ReasonOf(parsed), parsed.GetValue(History), PeeringBook.Operator, c),
                parsed.GetValue(Json),
                ct)),
        Step("end", "End a peering, or reject a proposal", (desk, id, reason, ct) => desk.EndAsync(id, reason, PeeringBook.Operator, ct)),
    };

    private static Command Step(
        string name, string description, Func<PeeringDesk, Guid, string?, CancellationToken, Task<PeeringRecord>> take) =>
        Verb(name, description, [Which, Reason, Json], (parsed, desk, ct) =>
            desk.StepAsync(parsed.GetValue(Which)!, (d, id, c) => take(d, id, ReasonOf(parsed), c), parsed.GetValue(Json), ct));

    private static Command Verb(
        string name, string description, IReadOnlyList<Symbol> symbols, Func<ParseResult, PeersDesk, CancellationToken, Task> run)
    {
        var verb = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                verb.Arguments.Add(argument);
            }
            else
            {
                verb.Options.Add((Option)symbol);
            }
        }

        verb.SetAction((parsed, ct) => PeersDesk.RunAsync((desk, c) => run(parsed, desk, c), ct));
        return verb;
    }

    private static PeeringGrant Grant(ParseResult parsed) => PeeringGrant.Of(
        parsed.GetValue(Scopes) is { Length: > 0 } scopes ? scopes : [PeeringScope.Replicate, PeeringScope.Witness]);

    private static string? ReasonOf(ParseResult parsed) =>
        Fields.OptionalText(parsed.GetValue(Reason), "--reason", StepMessage.MaxReasonLength);
}
