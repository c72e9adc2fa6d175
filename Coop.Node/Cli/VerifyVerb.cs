using System.CommandLine;
using System.Text;
using Coop.Federation.Replication;
using Coop.Identity.Credentials;
using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;
using Coop.Identity.Net;
using Coop.Identity.Status;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>
/// <c>verify FILE|-</c>: verifies a credential, a presentation, a status list, or evidence that a log signed
/// two histories. Exit code 0 when it is valid, 1 when it is not, 2 when that could not be told.
/// </summary>
public static class VerifyVerb
{
    private const int Valid = 0;
    private const int Invalid = 1;
    private const int CouldNotTell = 2;

    private static readonly Argument<string> Source = new("FILE")
    {
        Description = "A credential, presentation or status list of any encoding, or evidence of two histories; - for standard input",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON, as specs/credentials.md describes it" };

    private static readonly Option<bool> Offline = new("--offline") { Description = "Fetch nothing" };

    private static readonly Option<bool> AllowLocal = new("--allow-local")
    {
        Description = "Also fetch by http, and from private addresses: for nodes in development",
    };

    private static readonly Option<string?> DidLog = new("--did-log")
    {
        Description = "The history of the issuer's did:webvh (did.jsonl), instead of fetching it", HelpName = "FILE",
    };

    private static readonly Option<string?> Witnesses = new("--witness")
    {
        Description = "The witnesses' approvals of that history (did-witness.json)", HelpName = "FILE",
    };

    private static readonly Option<string[]> StatusLists = new("--status-list")
    {
        Description = "A status list, instead of fetching it; may be given several times", HelpName = "FILE",
    };

    private static readonly Option<string[]> Issuers = new("--issuer")
    {
        Description = "Accept credentials of this DID alone; may be given several times", HelpName = "DID",
    };

    private static readonly Option<string?> Audience = new("--audience")
    {
        Description = "For whom a presentation must be", HelpName = "TEXT",
    };

    private static readonly Option<string?> Nonce = new("--nonce")
    {
        Description = "The nonce or challenge that a presentation must answer", HelpName = "TEXT",
    };

    public static Command Create()
    {
        var command = new Command("verify", "Verifies a credential, a presentation, a status list, or evidence of two histories")
        {
            Source, Json, Offline, AllowLocal, DidLog, Witnesses, StatusLists, Issuers, Audience, Nonce,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        VerifyOutcome outcome;
        try
        {
            var text = await InputFile.ReadAsync(parsed.GetValue(Source)!, StatusListAnswer.MaxLength, ct);
            outcome = Encoding.UTF8.GetBytes(text) is var bytes && EquivocationEvidence.IsClaimedBy(bytes)
                ? new VerifyOutcome(null, null) { Evidence = EvidenceVerdict.Of(bytes) }
                : new VerifyOutcome(await VerifyAsync(parsed, text, ct), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CredentialException)
        {
            outcome = new VerifyOutcome(null, e.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            outcome = new VerifyOutcome(null, "It was interrupted.");
        }

        if (parsed.GetValue(Json))
        {
            await Console.Out.WriteLineAsync(VerifyJson.Write(outcome));
        }
        else
        {
            VerifyText.Write(AnsiConsole.Console, outcome);
        }

        return ExitCode(outcome);
    }

    private static int ExitCode(VerifyOutcome outcome) => outcome switch
    {
        { Evidence: { } evidence } => evidence.Evidence is null ? Invalid : Valid,
        { Report.Verdict: Verdict.Valid } => Valid,
        { Report.Verdict: Verdict.Invalid } => Invalid,
        _ => CouldNotTell,
    };

    private static async Task<VerificationReport> VerifyAsync(ParseResult parsed, string text, CancellationToken ct)
    {
        var isOffline = parsed.GetValue(Offline);
        var isLocal = parsed.GetValue(AllowLocal);
        using var http = new OutboundHttp(new OutboundOptions { AllowHttp = isLocal, AllowPrivateAddresses = isLocal });
        var resolver = new DidsAtHand(
            await HistoryAsync(parsed, ct), isOffline ? null : new DidResolver(http, TimeProvider.System));
        var lists = new List<string>();
        foreach (var file in parsed.GetValue(StatusLists) ?? [])
        {
            lists.Add(await InputFile.ReadAsync(file, StatusListAnswer.MaxLength, ct));
        }

        var status = new StatusListsAtHand(lists, isOffline ? null : new HttpStatusSource(http));
        return await new CredentialVerifier(resolver, status, TimeProvider.System).VerifyAsync(text, Request(parsed), ct);
    }

    private static VerificationRequest Request(ParseResult parsed)
    {
        var issuers = parsed.GetValue(Issuers) ?? [];
        return new VerificationRequest
        {
            TrustedIssuers = issuers.Length == 0 ? null : issuers.ToHashSet(StringComparer.Ordinal),
            Audience = parsed.GetValue(Audience),
            Nonce = parsed.GetValue(Nonce),
            MaxLength = StatusListAnswer.MaxLength,
        };
    }

    private static async Task<WebVhHistory?> HistoryAsync(ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetValue(DidLog) is not { } log)
        {
            return null;
        }

        var history = await InputFile.ReadBytesAsync(log, WebVhLimits.MaxLogSizeBytes, ct);
        var witnesses = parsed.GetValue(Witnesses) is { } file
            ? await InputFile.ReadBytesAsync(file, WebVhLimits.MaxWitnessFileSizeBytes, ct)
            : [];
        return WebVhVerifier.Verify(history, witnesses, TimeProvider.System.GetUtcNow());
    }
}
