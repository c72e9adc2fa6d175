using System.CommandLine;
using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;

namespace Coop.Node.Cli;

/// <summary>
/// <c>audit URL</c>: checks a node's whole log from outside. Exit code 0 when all holds, 1 when there is a
/// fault, 2 when it could not be checked.
/// </summary>
public static class AuditVerb
{
    private static readonly Argument<string> Node = new("URL") { Description = "The node's address, e.g. https://coop.example" };

    private static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON, as specs/log-audit.md describes it" };

    private static readonly Option<string?> State = new("--state")
    {
        Description = "Remember what was seen in this file; the next audit fetches only what is new, and proves that the past is unchanged",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Vkey = new("--vkey")
    {
        Description = "Hold the log to this key (name+id+base64) instead of the one that the node shows",
        HelpName = "KEY",
    };

    public static Command Create()
    {
        var command = new Command("audit", "Checks every entry, link, tile, root and signature of a node's log, with no account")
        {
            Node, Json, State, Vkey,
        };
        command.SetAction((parsed, ct) => RunAsync(
            parsed.GetValue(Node)!, parsed.GetValue(Vkey), parsed.GetValue(State), parsed.GetValue(Json), ct));
        return command;
    }

    private static async Task<int> RunAsync(string url, string? vkey, string? statePath, bool isJson, CancellationToken ct)
    {
        AuditOutcome outcome;
        try
        {
            outcome = AuditOutcome.Of(await AuditAsync(Address(url), Key(vkey), statePath, isJson, ct));
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
        using var http = Client();
        var audit = await AuditBar.ShowAsync(
            !isJson,
            progress => NodeAudit.RunAsync(http, node, key, remembered, TimeProvider.System, progress, ct));
        if (statePath is not null && audit.Report.State is { } state)
        {
            AuditStateFile.Write(statePath, state);
        }

        return audit;
    }

    // No redirects: what is audited is the address that was named.
    private static HttpClient Client() =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    private static Uri Address(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new AuditImpossibleException($"\"{url}\" is not the address of a node; write it as http://host or https://host.");

    private static NoteKey? Key(string? vkey)
    {
        try
        {
            return vkey is null ? null : NoteKey.Parse(vkey);
        }
        catch (NoteException e)
        {
            throw new AuditImpossibleException($"--vkey: {e.Message}", e);
        }
    }
}
