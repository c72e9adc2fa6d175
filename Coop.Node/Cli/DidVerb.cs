using System.CommandLine;
using System.Net;
using Coop.Identity.Dids;
using Coop.Identity.Dids.Dns;
using Coop.Identity.Dids.WebVh;
using Coop.Identity.Net;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>
/// <c>did resolve DID</c>: finds and checks the document of a DID; with <c>--log</c>, from files and without
/// any network. Exit code 0 when it resolved, 1 when it is refused, 2 when it could not be done.
/// </summary>
internal static class DidVerb
{
    private const int DnsPort = 53;

    private static readonly Argument<string> Did = new("DID") { Description = "E.g. did:webvh:…:coop.example, or with ?versionId=, ?versionNumber= or ?versionTime=" };

    private static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON, as specs/dids.md describes it" };

    private static readonly Option<string?> Log = new("--log")
    {
        Description = "Check this history of a did:webvh (did.jsonl), without any network", HelpName = "FILE",
    };

    private static readonly Option<string?> Witness = new("--witness")
    {
        Description = "The history's witness proofs (did-witness.json)", HelpName = "FILE",
    };

    private static readonly Option<string?> Dns = new("--dns")
    {
        Description = "Also ask DNS whether the domain names the DID; DNSSEC counts when SERVER, an address, is given",
        HelpName = "SERVER",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> AllowPrivate = new("--allow-private")
    {
        Description = "Also fetch from private addresses, and from localhost by http",
    };

    public static Command Create()
    {
        var resolve = new Command("resolve", "Finds the document of a DID and checks all that its method lets check")
        {
            Did, Json, Log, Witness, Dns, AllowPrivate,
        };
        resolve.Validators.Add(result =>
        {
            if (result.GetValue(Log) is null ? result.GetValue(Witness) is not null : result.GetResult(Dns) is not null)
            {
                result.AddError("--witness goes with --log, which asks no network; --dns does not.");
            }
        });
        resolve.SetAction(RunAsync);
        return new Command("did", "Decentralized identifiers") { resolve };
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var did = parsed.GetValue(Did)!;
        DidOutcome outcome;
        try
        {
            outcome = await ResolveAsync(did, parsed, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            outcome = DidOutcome.Impossible(did, e.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            outcome = DidOutcome.Impossible(did, "It was interrupted.");
        }

        if (parsed.GetValue(Json))
        {
            await Console.Out.WriteLineAsync(DidJson.Write(outcome));
        }
        else
        {
            DidText.Write(AnsiConsole.Console, outcome);
        }

        return outcome.ExitCode;
    }

    private static async Task<DidOutcome> ResolveAsync(string did, ParseResult parsed, CancellationToken ct)
    {
        if (!DidUrl.TryParse(did, out var url))
        {
            return new DidOutcome(did, DidResolution.Failed(DidError.InvalidDid, DidCodes.InvalidUrl, "This is not a DID."), null, null);
        }

        var resolution = parsed.GetValue(Log) is { } log
            ? FromFiles(url, log, parsed.GetValue(Witness))
            : await FromNetworkAsync(url, parsed.GetValue(AllowPrivate), ct);
        return resolution.IsResolved && parsed.GetResult(Dns) is not null
            ? await AskDnsAsync(did, resolution, parsed.GetValue(Dns), ct)
            : new DidOutcome(did, resolution, null, null);
    }

    private static DidResolution FromFiles(DidUrl url, string log, string? witness) => WebVhVerifier.Verify(
        Read(log, WebVhLimits.MaxLogSizeBytes),
        witness is null ? [] : Read(witness, WebVhLimits.MaxWitnessFileSizeBytes),
        TimeProvider.System.GetUtcNow()).Resolve(url);

    // One byte more than is allowed is enough to be refused, so no more is read.
    private static byte[] Read(string path, int maxSizeBytes)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[(int)Math.Min(file.Length, maxSizeBytes + 1L)];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static async Task<DidResolution> FromNetworkAsync(DidUrl url, bool isPrivateAllowed, CancellationToken ct)
    {
        using var http = new OutboundHttp(new OutboundOptions
        {
            AllowHttp = isPrivateAllowed, AllowPrivateAddresses = isPrivateAllowed,
        });
        return await new DidResolver(http, TimeProvider.System).ResolveAsync(url, ct);
    }

    private static async Task<DidOutcome> AskDnsAsync(
        string did, DidResolution resolution, string? server, CancellationToken ct)
    {
        var name = DnsDidRule.NameFor(resolution.Document!.Id);
        try
        {
            var records = await new DnsDidClient(Resolver(server)).AskAsync(name, ct);
            return new DidOutcome(did, resolution, DnsDidRule.Compare(resolution.Document.Id, records), null);
        }
        catch (IOException e)
        {
            return new DidOutcome(did, resolution, null, e.Message);
        }
    }

    private static IPEndPoint? Resolver(string? server) => server is null
        ? null
        : IPEndPoint.TryParse(server, out var endPoint)
            ? endPoint.Port == 0 ? new IPEndPoint(endPoint.Address, DnsPort) : endPoint
            : throw new FormatException($"--dns: \"{server}\" is not the address of a DNS server.");
}
