using System.CommandLine;
using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;

namespace Coop.Node.Cli;

/// <summary>
/// <c>audit URL…</c>: checks a node's whole log from outside; with several nodes also what lies between them
/// (<see cref="FederationAuditRun"/>). Exit code 0 when all holds, 1 when there is a fault, 2 when it could not
/// be checked.
/// </summary>
public static class AuditVerb
{
    private static readonly Argument<string[]> Nodes = new("URL")
    {
        Description = "The node's address, e.g. https://coop.example; several to audit what lies between them too",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Answer in JSON, as specs/log-audit.md describes it, and specs/federation-audit.md of several nodes",
    };

    private static readonly Option<string?> Html = new("--html")
    {
        Description = "Write a report that stands on its own into this file, with a picture of the federation",
        HelpName = "FILE",
    };

    private static readonly Option<string?> State = new("--state")
    {
        Description = "Remember what was seen in this file, of several nodes in files in this folder; the next audit proves that the past is unchanged, and of one node fetches only what is new",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Vkey = new("--vkey")
    {
        Description = "Hold the log to this key (name+id+base64) instead of the one that the node shows; may be given for several logs",
        HelpName = "KEY",
    };

    public static Command Create()
    {
        var command = new Command("audit", "Checks every entry, link, tile, root and signature of a node's log, with no account; and of several nodes, what lies between them")
        {
            Nodes, Json, Html, State, Vkey,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var urls = parsed.GetValue(Nodes)!;
        var keys = parsed.GetValue(Vkey) ?? [];
        var (state, isJson, html) = (parsed.GetValue(State), parsed.GetValue(Json), parsed.GetValue(Html));
        return urls.Length == 1 && html is null
            ? RunOneAsync(urls[0], keys, state, isJson, ct)
            : new FederationAuditRun(urls, keys, state, isJson, html).RunAsync(ct);
    }

    private static async Task<int> RunOneAsync(string url, string[] keys, string? statePath, bool isJson, CancellationToken ct)
    {
        AuditOutcome outcome;
        try
        {
            outcome = AuditOutcome.Of(await AuditAsync(AuditHttp.Address(url), Key(keys), statePath, isJson, ct));
        }
        catch (AuditImpossibleException e)
        {
            outcome = AuditOutcome.Impossible(e.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            outcome = AuditOutcome.Impossible("It was interrupted.");
        }

        if (isJson)
        {
            await Console.Out.WriteLineAsync(AuditJson.Write(url, outcome));
        }
        else
        {
            AuditText.Write(Spectre.Console.AnsiConsole.Console, url, outcome, statePath);
        }

        return outcome.ExitCode;
    }

    private static async Task<NodeAudit> AuditAsync(
        Uri node, NoteKey? key, string? statePath, bool isJson, CancellationToken ct)
    {
        var remembered = statePath is null ? null : AuditStateFile.Read(statePath);
        using var http = AuditHttp.Create();
        var audit = await AuditBar.ShowAsync(
            !isJson,
            bars => NodeAudit.RunAsync(http, node, key, remembered, TimeProvider.System, bars("Checking the log"), ct));
        if (statePath is not null && audit.Report.State is { } state)
        {
            AuditStateFile.Write(statePath, state);
        }

        return audit;
    }

    private static NoteKey? Key(string[] keys) => ParseKeys(keys) switch
    {
        [] => null,
        [var key] => key,
        _ => throw new AuditImpossibleException("One log has one key: give --vkey once."),
    };

    /// <exception cref="AuditImpossibleException">One of them is no key.</exception>
    internal static IReadOnlyList<NoteKey> ParseKeys(string[] keys)
    {
        try
        {
            return [.. keys.Select(NoteKey.Parse)];
        }
        catch (NoteException e)
        {
            throw new AuditImpossibleException($"--vkey: {e.Message}", e);
        }
    }
}
