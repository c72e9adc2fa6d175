using Coop.Federation.Audit;
using Coop.Federation.Audit.Between;
using Coop.Node.Cli.Report;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>An audit of several nodes from the command line: run it, remember it, tell of it.</summary>
/// <param name="urls">The nodes' addresses.</param>
/// <param name="keys">Keys that logs are to be held to.</param>
/// <param name="stateFolder">Where what was seen is remembered; null for nowhere.</param>
/// <param name="isJson">Whether programs read the answer.</param>
/// <param name="htmlPath">Where the report goes; null for nowhere.</param>
internal sealed class FederationAuditRun(
    string[] urls, string[] keys, string? stateFolder, bool isJson, string? htmlPath)
{
    public async Task<int> RunAsync(CancellationToken ct)
    {
        try
        {
            Uri[] nodes = [.. urls.Select(AuditHttp.Address).Distinct()];
            var files = stateFolder is null ? null : new StateFolder(stateFolder, nodes);
            var trust = new FederationTrust(AuditVerb.ParseKeys(keys), files?.Read() ?? FederationTrust.None.States);
            using var http = AuditHttp.Create();
            var report = await AuditBar.ShowAsync(!isJson, bars => AuditAsync(http, trust, nodes, bars, ct));
            files?.Write(report);
            await TellAsync(report, ct);
            return FederationVerdict.Of(report).ExitCode;
        }
        catch (Exception e) when (e is AuditImpossibleException or IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(e.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return await RefuseAsync("It was interrupted.");
        }
    }

    private static Task<FederationReport> AuditAsync(
        HttpClient http, FederationTrust trust, Uri[] nodes, Func<string, IProgress<AuditProgress>?> bars, CancellationToken ct)
    {
        var time = TimeProvider.System;
        var auditor = new FederationAuditor(
            address => new HttpLogSource(http, address, time), trust, FederationAuditor.DefaultSettle, time);
        return auditor.RunAsync(nodes, bars, ct);
    }

    private async Task TellAsync(FederationReport report, CancellationToken ct)
    {
        if (htmlPath is not null)
        {
            await File.WriteAllTextAsync(htmlPath, HtmlReport.Write(report, TimeProvider.System.GetUtcNow()), ct);
        }

        if (isJson)
        {
            await Console.Out.WriteLineAsync(FederationJson.Write(report));
        }
        else
        {
            FederationText.Write(AnsiConsole.Console, report, htmlPath, stateFolder);
        }
    }

    private async Task<int> RefuseAsync(string reason)
    {
        if (isJson)
        {
            await Console.Out.WriteLineAsync(FederationJson.Unchecked(reason));
        }
        else
        {
            AnsiConsole.Console.MarkupLine("[yellow bold]? The federation could not be checked.[/]");
            AnsiConsole.Console.Line(reason);
        }

        return AuditOutcome.Unchecked;
    }
}
