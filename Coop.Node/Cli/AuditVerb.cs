using System.CommandLine;
using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;
using Coop.Node.Cli.Books;

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

    private static readonly Option<string?> Books = new("--books")
    {
        Description = "Keep the books again too, from this file of `ledger export audit` or GET /api/ledger/export/audit",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Token = new("--token")
    {
        Description = "Keep the books again too, fetched by the bearer token of a treasurer or administrator in this file",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("audit", "Checks every entry, link, tile, root and signature of a node's log, with no account; and of several nodes, what lies between them")
        {
            Nodes, Json, Html, State, Vkey, Books, Token,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var urls = parsed.GetValue(Nodes)!;
        var keys = parsed.GetValue(Vkey) ?? [];
        var (state, isJson, html) = (parsed.GetValue(State), parsed.GetValue(Json), parsed.GetValue(Html));
        var (books, token) = (parsed.GetValue(Books), parsed.GetValue(Token));
        return (urls.Length == 1 && html is null) || books is not null || token is not null
            ? RunOneAsync(urls, new(keys, state, isJson, html, books, token), ct)
            : new FederationAuditRun(urls, keys, state, isJson, html).RunAsync(ct);
    }

    /// <summary>The options of an audit of one node.</summary>
    private sealed record Options(string[] Keys, string? StatePath, bool IsJson, string? HtmlPath, string? BooksPath, string? TokenPath);

    private static async Task<int> RunOneAsync(string[] urls, Options options, CancellationToken ct)
    {
        AuditOutcome outcome;
        try
        {
            outcome = urls.Length == 1 && options.HtmlPath is null
                ? await AuditAsync(AuditHttp.Address(urls[0]), options, ct)
                : throw new AuditImpossibleException("--books and --token go with one node, and without --html.");
        }
        catch (AuditImpossibleException e)
        {
            outcome = AuditOutcome.Impossible(e.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            outcome = AuditOutcome.Impossible("It was interrupted.");
        }

        if (options.IsJson)
        {
            await Console.Out.WriteLineAsync(AuditJson.Write(urls[0], outcome));
        }
        else
        {
            AuditText.Write(Spectre.Console.AnsiConsole.Console, urls[0], outcome, options.StatePath);
        }

        return outcome.ExitCode;
    }

    private static async Task<AuditOutcome> AuditAsync(Uri node, Options options, CancellationToken ct)
    {
        var remembered = options.StatePath is null ? null : AuditStateFile.Read(options.StatePath);
        using var http = AuditHttp.Create();
        var source = BooksSource.Of(options.BooksPath, options.TokenPath);
        await using var books = source is null ? null : await source.OpenAsync(http, node, ct);
        var chronicle = books is null ? null : new LogChronicle(withBooks: true);
        var audit = await AuditBar.ShowAsync(
            !options.IsJson,
            bars => NodeAudit.RunAsync(http, node, Key(options.Keys), remembered, TimeProvider.System, bars("Checking the log"), ct, chronicle));
        if (options.StatePath is not null && audit.Report.State is { } state)
        {
            AuditStateFile.Write(options.StatePath, state);
        }

        return AuditOutcome.Of(audit) with
        {
            Books = books is not null && audit.Report is { IsClean: true, Checkpoint: { } checkpoint }
                ? await new BooksReading(chronicle!.Books, checkpoint.Origin, checkpoint.Size).ReadAsync(books, ct)
                : null,
        };
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
