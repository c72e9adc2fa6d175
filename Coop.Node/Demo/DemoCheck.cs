using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Federation.Audit.Between;
using Coop.Federation.Replication;

namespace Coop.Node.Demo;

/// <summary>
/// The demo as a test of itself: the scenario, a clean audit, one co-op that writes its history anew, and the
/// others, who notice.
/// </summary>
internal sealed class DemoCheck(string? path, string? connection, TimeProvider time, Func<string, Task> tell)
{
    /// <summary>Generous, for machines that have more to do; nothing depends on how long it takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly DemoSteps _steps = new(tell);
    private Demo? _demo;
    private long _rewritten;

    private DemoCoop Liar => _demo!.Coops[^1];

    private IEnumerable<DemoCoop> Honest => _demo!.Coops.SkipLast(1);

    /// <summary>Runs all steps; the answer is the summary, and whether all came out as they should.</summary>
    public async Task<(string Json, bool IsGood)> RunAsync(CancellationToken ct)
    {
        try
        {
            await _steps.RunAsync("start", "Three co-ops start, peer, and get to work", () => StartAsync(ct));
            await _steps.RunAsync("mirror", "Each waits until it has a copy of the others' logs, cosigned", () => MirrorAsync(ct));
            await _steps.RunAsync("audit", "An auditor looks at all of it", () => AuditCleanAsync(ct));
            await _steps.RunAsync("rewrite", "The last one rewrites its history and signs it", () => RewriteAsync(ct));
            await _steps.RunAsync("evidence", "The others notice, and keep the proof", () => CatchAsync(ct));
            await _steps.RunAsync("freeze", "They freeze their peerings with it", () => FreezeAsync(ct));
            await _steps.RunAsync("audit-again", "The auditor names it", () => AuditFaultAsync(ct));
            return (_steps.Write(), _steps.IsGood);
        }
        finally
        {
            await (_demo?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task<JsonObject> StartAsync(CancellationToken ct)
    {
        _demo = await Demo.StartAsync(path, connection, time, tell, ct);
        return new JsonObject
        {
            ["coops"] = new JsonArray([.. _demo.Coops.Select(c => (JsonNode)new JsonObject
            {
                ["name"] = c.Cast.Name,
                ["address"] = c.Address.ToString(),
                ["did"] = c.Did,
            })]),
        };
    }

    private async Task<JsonObject> MirrorAsync(CancellationToken ct)
    {
        var report = await UntilAsync(
            () => DemoAudit.RunAsync(_demo!.Coops, time, ct),
            r => r.Pairs.Count == 6 && r.Pairs.All(p => p.Mirror is not null && p.Seen.Count > 0)
                && r.Nodes.All(n => n.Cosigned is { Least: > 0, QuorumSize: not null }),
            "There are no copies, cosignatures and seen checkpoints everywhere",
            ct);
        return new JsonObject { ["copies"] = report.Pairs.Count, ["seen"] = report.Pairs.Sum(p => p.Seen.Count) };
    }

    private async Task<JsonObject> AuditCleanAsync(CancellationToken ct)
    {
        var report = await DemoAudit.RunAsync(_demo!.Coops, time, ct);
        return report is { IsFault: false, IsComplete: true }
            ? Summary(report)
            : throw new DemoException("The audit is not clean: " + Words(report));
    }

    private async Task<JsonObject> RewriteAsync(CancellationToken ct)
    {
        await Liar.StopAsync();
        _rewritten = await new DishonestOperator(Liar.Connection, Liar.Data).RewriteAsync(ct);
        await Liar.StartAsync();
        return new JsonObject { ["coop"] = Liar.Cast.Name, ["entry"] = _rewritten };
    }

    private async Task<JsonObject> CatchAsync(CancellationToken ct)
    {
        var found = new JsonArray();
        foreach (var coop in Honest)
        {
            var id = await UntilAsync(
                () => FindEvidenceAsync(coop, ct), e => e is not null, $"{coop.Cast.Name} has no evidence against {Liar.Cast.Name}", ct);
            found.Add((JsonNode)new JsonObject { ["by"] = coop.Cast.Name, ["evidence"] = id });
        }

        return new JsonObject { ["found"] = found };
    }

    // Evidence counts when it verifies, from its bytes alone.
    private async Task<string?> FindEvidenceAsync(DemoCoop coop, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = coop.Address };
        var list = JsonElement.Parse(await http.GetStringAsync(new Uri("/federation/evidence", UriKind.Relative), ct));
        foreach (var item in list.GetProperty("evidence").EnumerateArray())
        {
            var id = item.GetProperty("id").GetString()!;
            var bytes = await http.GetByteArrayAsync(new Uri($"/federation/evidence/{id}", UriKind.Relative), ct);
            if (EquivocationEvidence.Parse(bytes).LogKey.Name == Origin(Liar))
            {
                return id;
            }
        }

        return null;
    }

    private async Task<JsonObject> FreezeAsync(CancellationToken ct)
    {
        var frozen = new JsonObject();
        foreach (var coop in Honest)
        {
            frozen[coop.Cast.Name] = await UntilAsync(
                () => StateAsync(coop, ct), s => s == PeerListing.Frozen, $"{coop.Cast.Name} has not frozen its peering", ct);
        }

        return frozen;
    }

    private async Task<string?> StateAsync(DemoCoop coop, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = coop.Address };
        var list = JsonElement.Parse(await http.GetStringAsync(new Uri("/federation/peers", UriKind.Relative), ct));
        return list.GetProperty("peers").EnumerateArray()
            .Where(p => p.GetProperty("peer").GetProperty("log").GetProperty("origin").GetString() == Origin(Liar))
            .Select(p => p.GetProperty("state").GetString())
            .FirstOrDefault();
    }

    private async Task<JsonObject> AuditFaultAsync(CancellationToken ct)
    {
        var report = await DemoAudit.RunAsync(_demo!.Coops, time, ct);
        var named = report.Findings.FirstOrDefault(f =>
            f.Code == CrossCode.TwoHistories && f.Node == Origin(Liar) && f.EntryOf == Origin(Liar) && f.Entry == _rewritten);
        return named is not null && report.Findings.Where(f => f.IsFault).All(f => f.Node == Origin(Liar))
            ? Summary(report)
            : throw new DemoException($"The audit does not name {Liar.Cast.Name} alone, and entry {_rewritten}: " + Words(report));
    }

    private static string Origin(DemoCoop coop) => coop.Address.Authority + Log.LogPaths.Prefix;

    private static JsonObject Summary(FederationReport report) => new()
    {
        ["verdict"] = Cli.FederationVerdict.Of(report).Name,
        ["sentence"] = Cli.FederationVerdict.Of(report).Sentence,
        ["entries"] = report.Nodes.Sum(n => n.Audit?.Report.EntriesChecked ?? 0),
        ["findings"] = new JsonArray([.. report.Findings.Select(f => (JsonNode)new JsonObject
        {
            ["code"] = CrossCodes.Name(f.Code),
            ["node"] = f.Node,
            ["peer"] = f.Peer,
            ["entry"] = f.Entry,
            ["detail"] = f.Detail,
        })]),
    };

    private static string Words(FederationReport report) => string.Join(
        " ",
        report.Nodes.Select(n => n.Audit?.Report.Finding?.Detail ?? n.Reason).Concat(report.Findings.Select(f => f.Detail)).Where(d => d is not null));

    private async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isThere, string otherwise, CancellationToken ct)
    {
        var until = time.GetUtcNow() + Patience;
        while (true)
        {
            var seen = await look();
            if (isThere(seen))
            {
                return seen;
            }

            if (time.GetUtcNow() > until)
            {
                throw new DemoException($"{otherwise} after {Patience.TotalMinutes} minutes. {(seen is FederationReport report ? Words(report) : seen)}");
            }

            await Task.Delay(Pause, time, ct);
        }
    }
}
