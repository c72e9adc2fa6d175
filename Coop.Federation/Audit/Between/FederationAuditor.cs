using Coop.Federation.Replication;

namespace Coop.Federation.Audit.Between;

/// <summary>
/// Audits several nodes and what lies between them, with no account and no trust in any. The steps and codes
/// are those of specs/federation-audit.md.
/// </summary>
/// <param name="open">Opens what a node serves below an address; what it answers is not trusted.</param>
/// <param name="trust">What the auditor knows already.</param>
/// <param name="settle">
/// How long what nodes say to each other may take to show on both sides, so that an audit of nodes at work does
/// not take for a fault what is under way.
/// </param>
/// <param name="time">The clock of that pause.</param>
public sealed class FederationAuditor(
    Func<Uri, ILogSource> open, FederationTrust trust, TimeSpan settle, TimeProvider time)
{
    /// <summary>Enough for nodes that are not overloaded.</summary>
    public static readonly TimeSpan DefaultSettle = TimeSpan.FromSeconds(2);

    private const int MaxPeersSizeBytes = 4 * 1024 * 1024;

    private readonly List<CrossFinding> _findings = [];
    private readonly List<PairReport> _pairs = [];

    /// <summary>Audits once; make a new auditor for the next time.</summary>
    /// <param name="addresses">The nodes.</param>
    /// <param name="progress">Answers who is told of a step's progress, by its title; null where nobody is.</param>
    /// <param name="ct">Ends the audit.</param>
    public async Task<FederationReport> RunAsync(
        IReadOnlyList<Uri> addresses, Func<string, IProgress<AuditProgress>?> progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentNullException.ThrowIfNull(progress);
        NodeVisit[] nodes = [.. addresses.Select(a => new NodeVisit { Address = a })];

        // 1. How far each log goes, a moment before it is read: what it received until then, others sent before.
        await Task.WhenAll(nodes.Select(n => ArriveAsync(n, ct)));
        await Task.Delay(nodes.Length > 1 ? settle : TimeSpan.Zero, time, ct);

        // 2. Each node, and its log.
        await Task.WhenAll(nodes.Select(n => VisitAsync(n, progress, ct)));
        trust.CheckUsed(nodes.Select(n => n.Node?.Origin));
        NodeVisit[] audited = [.. nodes.Where(n => n.Audit is not null)];

        // 3. What each says of itself towards others.
        foreach (var node in audited)
        {
            await TryAsync(node, null, () => new CosignatureCheck(node, _findings).RunAsync(ct));
            await TryAsync(node, null, () => ReadPeersAsync(node, ct));
        }

        // 4. What lies between them.
        await ComparePairsAsync(audited, progress, ct);

        // 5. What they have against each other.
        foreach (var node in audited.Where(n => n.Federation is not null))
        {
            await TryAsync(node, null, () => new EvidenceCheck(node, audited, _findings).RunAsync(ct));
        }

        return new([.. nodes.Select(n => n.ToReport())], _pairs, InOrderOfWeight(Blamed(_findings)));
    }

    private async Task ArriveAsync(NodeVisit node, CancellationToken ct)
    {
        try
        {
            node.Node = await NodeDescription.FetchAsync(open(node.Address), node.Address, ct);
            node.Log = open(node.Node.LogAddress);
            node.Federation = node.Node.FederationAddress is { } address ? open(address) : null;
            var bytes = await new LogFiles(node.Log).FetchCheckpointAsync(ct);
            node.SettledSize = bytes is null ? 0 : CheckpointReading.Read(bytes, node.Node.Key).Checkpoint?.Size ?? 0;
        }
        catch (AuditImpossibleException e)
        {
            node.Reason = e.Message;
        }
    }

    private async Task VisitAsync(NodeVisit node, Func<string, IProgress<AuditProgress>?> progress, CancellationToken ct)
    {
        if (node.Reason is not null)
        {
            return;
        }

        try
        {
            await Task.Yield();
            node.Audit = await NodeAudit.RunAsync(
                node.Node!, node.Log!, trust.KeyOf(node.Origin), trust.StateOf(node.Address), node.Chronicle, progress($"The log of {node.Name}"), ct);
            node.Original = node.Audit.Report.Note is { } note ? new OriginalLog(node.Log!, node.Key!, note) : null;
        }
        catch (AuditImpossibleException e)
        {
            node.Reason = e.Message;
        }
    }

    private static async Task ReadPeersAsync(NodeVisit node, CancellationToken ct)
    {
        if (node.Federation is { } federation)
        {
            var json = await RemoteJson.FetchAsync(federation, "peers", MaxPeersSizeBytes, ct);
            node.Peers = json is null ? [] : PeerListing.ReadAll(json);
        }
    }

    private async Task ComparePairsAsync(
        NodeVisit[] nodes, Func<string, IProgress<AuditProgress>?> progress, CancellationToken ct)
    {
        await CompareAddressesAsync(nodes, ct);
        await ComparePeeringsAsync(nodes, ct);
        var claims = new ClaimCheck(nodes, _findings);
        await TryAsync(null, null, () => claims.ReadAsync(ct));
        var trade = new TradeCheck(nodes, _findings);
        await TryAsync(null, null, () => trade.ReadAsync(ct));
        trade.CompareNettings();
        foreach (var node in nodes)
        {
            var seen = new SeenCheck(node, nodes, _findings);
            await TryAsync(node, null, () => seen.RunAsync(ct));
            foreach (var peer in nodes.Where(n => n.Origin != node.Origin))
            {
                var mirror = await CompareMirrorAsync(node, peer, progress, ct);
                var pair = new PairReport(
                    node.Origin, peer.Origin, node.ListingOf(peer), mirror, seen.ResultOf(peer), claims.Compare(node, peer))
                {
                    Trade = trade.Compare(node, peer),
                };
                if (pair is not { Listing: null, Mirror: null, Seen.Count: 0, Claims.Sent: 0, Claims.Received: 0, Trade.Sent: 0, Trade.Received: 0 })
                {
                    _pairs.Add(pair);
                }
            }
        }
    }

    // Two addresses may show one log: replicas, or somebody who shows each auditor another one.
    private async Task CompareAddressesAsync(NodeVisit[] nodes, CancellationToken ct)
    {
        foreach (var same in nodes.Where(n => n.Original is not null).GroupBy(n => n.Key).Where(g => g.Count() > 1))
        {
            var first = same.First();
            foreach (var other in same.Skip(1))
            {
                await TryAsync(first, null, async () => CompareAddresses(
                    first, other, await first.Original!.CompareAsync(other.Audit!.Report.Note!, ct)));
            }
        }
    }

    private void CompareAddresses(NodeVisit first, NodeVisit other, Comparison compared)
    {
        if (compared.Evidence is { } evidence)
        {
            _findings.Add(new(CrossCode.TwoHistories, first.Origin, null, $"{first.Name} signed two histories: it shows one at {first.Address} and another at {other.Address}.") { Evidence = evidence });
        }
    }

    // A step that one side has taken reaches the other a moment later.
    private async Task ComparePeeringsAsync(NodeVisit[] nodes, CancellationToken ct)
    {
        var found = PeeringCheck.Run(nodes);
        if (found.Any(f => f.IsFault))
        {
            await Task.Delay(settle, time, ct);
            foreach (var node in nodes)
            {
                await TryAsync(node, null, () => ReadPeersAsync(node, ct));
            }

            found = PeeringCheck.Run(nodes);
        }

        _findings.AddRange(found);
    }

    private async Task<MirrorResult?> CompareMirrorAsync(
        NodeVisit keeper, NodeVisit original, Func<string, IProgress<AuditProgress>?> progress, CancellationToken ct)
    {
        MirrorResult? result = null;
        if (keeper.Node!.FederationAddress is { } address && original.Original is not null && keeper.ListingOf(original) is not null)
        {
            await TryAsync(keeper, original, async () =>
            {
                var id = await MirrorList.FindIdAsync(keeper.Federation!, original.Origin, ct);
                var mirror = open(new Uri(address.AbsoluteUri.TrimEnd('/') + $"/mirrors/{id}"));
                result = await new MirrorCheck(mirror, keeper, original, _findings)
                    .RunAsync(progress($"The copy of {original.Name} at {keeper.Name}"), ct);
            });
        }

        return result;
    }

    // One answer that cannot be had, or read, leaves the rest to be looked at.
    private async Task TryAsync(NodeVisit? node, NodeVisit? peer, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (AnswerException e)
        {
            _findings.Add(new(CrossCode.AnswerMalformed, node?.Origin ?? "", peer?.Origin, $"What {node?.Name} answers cannot be read: {e.Message}"));
        }
        catch (Exception e) when (e is AuditImpossibleException or FollowRefusal)
        {
            _findings.Add(new(CrossCode.NotCompared, node?.Origin ?? "", peer?.Origin, e.Message));
        }
    }

    // Whose log is another than it was has lost the claim, not whoever still knows it.
    private static IEnumerable<CrossFinding> Blamed(IReadOnlyList<CrossFinding> findings)
    {
        var liars = findings.Where(f => f.Code is CrossCode.TwoHistories or CrossCode.HistoryWithheld).Select(f => f.Node).ToHashSet();
        return findings.Select(f => f.Code is CrossCode.ClaimUnsent or CrossCode.ClaimChanged && f.Peer is { } sender && liars.Contains(sender)
            ? f with { Node = sender, Peer = f.Node }
            : f);
    }

    // What is said several times in other words is said once, where it can by naming the entry at fault.
    private static CrossFinding[] InOrderOfWeight(IEnumerable<CrossFinding> findings) =>
    [
        .. findings
            .OrderBy(f => f.EntryOf == f.Node ? 0 : 1)
            .DistinctBy(f => (f.Code, f.Node, f.Peer, f.Code is CrossCode.TwoHistories or CrossCode.HistoryWithheld ? "" : f.Detail))
            .OrderBy(f => f.IsFault ? 0 : 1)
            .ThenBy(f => f.Code),
    ];
}
