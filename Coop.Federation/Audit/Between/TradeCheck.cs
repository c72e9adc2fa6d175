using System.Globalization;
using System.Text.Json.Nodes;

namespace Coop.Federation.Audit.Between;

/// <summary>
/// Holds what two logs say about their trade against each other (specs/trade.md): every message that one took, the
/// other signed; what was credited, the payer's node had committed; no transfer has two decisions; what statements
/// say follows from the steps before; no promise passed the limit.
/// </summary>
internal sealed class TradeCheck(IReadOnlyList<NodeVisit> nodes, ICollection<CrossFinding> findings)
{
    private readonly Dictionary<NodeVisit, List<TradeEntry>> _entries = [];

    /// <summary>Reads the messages in all logs.</summary>
    /// <exception cref="AuditImpossibleException">A node does not answer.</exception>
    public async Task ReadAsync(CancellationToken ct)
    {
        foreach (var node in nodes)
        {
            var list = _entries[node] = [];
            foreach (var entry in node.Chronicle.Cross.Where(e => e.Kind is CrossKind.TradeSent or CrossKind.TradeReceived))
            {
                if (await CrossPayload.FetchAsync(node, entry, findings, ct) is not { } payload)
                {
                    continue;
                }

                if (TradeEntry.TryRead(entry, payload, out var read))
                {
                    list.Add(read);
                }
                else
                {
                    findings.Add(CrossPayload.Of(CrossCode.PayloadChanged, node, entry, $"The payload of entry {entry.Seq} of {node.Name} is not that of a message of trade."));
                }
            }
        }
    }

    /// <summary>Compares what one node says that it signed for another with what that one says that it took.</summary>
    public TradeResult Compare(NodeVisit from, NodeVisit to)
    {
        var sent = Of(from, to, isOwn: true).DistinctBy(e => e.Seq).ToDictionary(e => e.Seq);
        var received = Of(to, from, isOwn: false);
        var paired = received.Count(e => IsSame(e, sent.GetValueOrDefault(e.Seq), from, to));
        var underway = sent.Values.Where(e => e.Seq > received.Select(r => r.Seq).DefaultIfEmpty().Max()).ToList();
        if (underway is [var first, ..])
        {
            findings.Add(new(CrossCode.TradeUnderway, from.Origin, to.Origin, $"{underway.Count} messages of trade that {from.Name} signed, from its entry {first.Entry.Seq} on, have not arrived at {to.Name}.")
            {
                Entry = first.Entry.Seq, EntryOf = from.Origin,
            });
        }

        CheckOwn(from, to);
        return new(sent.Count, received.Count, paired);
    }

    /// <summary>Compares the legs of each netting, over all logs: all were paid, or none.</summary>
    public void CompareNettings()
    {
        var legs = _entries.SelectMany(e => e.Value.Select(t => (Node: e.Key, Trade: t))).ToList();

        // People of both sides may have ended a leg whose proposer was gone.
        var resolved = legs.Where(l => l.Trade is { Step: "resolve", IsOwn: true }).GroupBy(l => l.Trade.Transfer)
            .Where(g => g.Select(l => l.Node).Distinct().Count() == 2).Select(g => g.Key).ToHashSet();
        var decided = legs.Where(l => l.Trade is { Netting: not null, IsOwn: true, Step: "commit" or "abort" }
            && !resolved.Contains(l.Trade.Transfer));
        foreach (var netting in decided.GroupBy(l => l.Trade.Netting))
        {
            var paid = netting.FirstOrDefault(l => l.Trade.Step == "commit");
            var unpaid = netting.FirstOrDefault(l => l.Trade.Step == "abort");
            if (paid.Node is not null && unpaid.Node is not null)
            {
                findings.Add(new(CrossCode.TradeNettingTorn, unpaid.Node.Origin, paid.Node.Origin,
                    $"Of the netting {netting.Key} {paid.Node.Name} committed its leg (entry {paid.Trade.Entry.Seq}), and {unpaid.Node.Name} aborted its own (entry {unpaid.Trade.Entry.Seq}).")
                {
                    Entry = unpaid.Trade.Entry.Seq, EntryOf = unpaid.Node.Origin,
                });
            }
        }
    }

    private bool IsSame(TradeEntry received, TradeEntry? sent, NodeVisit from, NodeVisit to)
    {
        if (sent?.Hash == received.Hash)
        {
            return true;
        }

        if (received.Entry.Seq < to.SettledSize || sent is not null)
        {
            var (code, detail) = sent is null
                ? (CrossCode.TradeUnsent, $"{to.Name} says in its entry {received.Entry.Seq} that {from.Name} signed \"{received.Step}\" {About(received)}; its log does not know it.")
                : (CrossCode.TradeChanged, $"Message {received.Seq} of {from.Name} to {to.Name} is another in its log (entry {sent.Entry.Seq}) than at {to.Name} (entry {received.Entry.Seq}, {About(received)}).");
            findings.Add(new(code, to.Origin, from.Origin, detail) { Entry = received.Entry.Seq, EntryOf = to.Origin });
        }

        return false;
    }

    // What one log says in itself: both directions of one pair, in the order in which its node signed and took.
    private void CheckOwn(NodeVisit node, NodeVisit peer)
    {
        var books = new PairBooks();
        foreach (var entry in _entries[node].Where(e => e.Peer == peer.Node!.Did))
        {
            foreach (var (code, words) in books.Take(entry))
            {
                findings.Add(new(code, node.Origin, peer.Origin, $"{node.Name}, entry {entry.Entry.Seq}, {About(entry)}: {words}")
                {
                    Entry = entry.Entry.Seq, EntryOf = node.Origin,
                });
            }
        }
    }

    private List<TradeEntry> Of(NodeVisit node, NodeVisit peer, bool isOwn) =>
        [.. _entries[node].Where(e => e.IsOwn == isOwn && e.Peer == peer.Node!.Did)];

    private static string About(TradeEntry entry) =>
        (entry.Transfer is null ? "a statement" : $"transfer {entry.Transfer}") + (entry.Journal is null ? "" : $", journal {entry.Journal}");
}

/// <summary>One message of trade as a log tells of it.</summary>
internal sealed record TradeEntry(
    CrossEntry Entry, bool IsOwn, string Peer, string Step, long Seq, string Hash, string? Transfer, string? Netting, string? Unit,
    long AmountMinor, string? Journal, long? LimitMinor, IReadOnlyDictionary<string, long> Balances, bool Disputes)
{
    public static bool TryRead(CrossEntry entry, JsonObject payload, out TradeEntry read)
    {
        read = null!;
        if (RemoteJson.OptionalText(payload, "peer") is not { } peer || RemoteJson.OptionalText(payload, "step") is not { } step
            || RemoteJson.OptionalText(payload, "hash") is not { } hash
            || RemoteJson.Member(payload, "seq") is not JsonValue s || !s.TryGetValue(out long seq))
        {
            return false;
        }

        var balances = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var balance in RemoteJson.Member(payload, "balances") as JsonArray ?? [])
        {
            if (RemoteJson.OptionalText(balance, "unit") is { } unit && Number(balance, "balanceMinor") is { } minor)
            {
                balances[unit] = minor;
            }
        }

        read = new(
            entry, entry.Kind == CrossKind.TradeSent, peer, step, seq, hash, RemoteJson.OptionalText(payload, "transfer"), RemoteJson.OptionalText(payload, "netting"),
            RemoteJson.OptionalText(payload, "unit"), Number(payload, "amountMinor") ?? 0, RemoteJson.OptionalText(payload, "journal"),
            Number(payload, "limitMinor"), balances,
            RemoteJson.Member(payload, "agrees") is JsonValue a && a.TryGetValue(out bool agrees) && !agrees);
        return true;
    }

    private static long? Number(JsonNode? node, string name) =>
        long.TryParse(RemoteJson.OptionalText(node, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}

/// <summary>What one side's steps come to, as an auditor adds them up.</summary>
internal sealed class PairBooks
{
    private readonly Dictionary<string, string> _decisions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _credited = new(StringComparer.Ordinal);
    private readonly HashSet<string> _promised = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Int128> _mirror = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Int128> _promises = new(StringComparer.Ordinal);

    /// <summary>Adds a message; names what does not fit.</summary>
    public IEnumerable<(CrossCode Code, string Words)> Take(TradeEntry e)
    {
        var transfer = e.Transfer ?? "";
        var unit = e.Unit ?? "";
        switch (e.Step, e.IsOwn)
        {
            case ("commit" or "abort", _):
                if (_decisions.TryGetValue(transfer, out var before) && before != e.Step)
                {
                    yield return (CrossCode.TradeTwoDecisions, $"it has both \"{before}\" and \"{e.Step}\".");
                }

                _decisions[transfer] = e.Step;
                if (e is { Step: "commit", IsOwn: true })
                {
                    Add(_mirror, unit, -e.AmountMinor);
                }
                else if (e is { Step: "abort", IsOwn: false } && _promised.Remove(transfer))
                {
                    Add(_promises, unit, -e.AmountMinor);
                }

                break;
            case ("accept", true):
                _promised.Add(transfer);
                Add(_promises, unit, e.AmountMinor);
                if (e.LimitMinor is { } limit && Of(_mirror, unit) + Of(_promises, unit) > limit)
                {
                    yield return (CrossCode.TradeLimit, $"with it the other side may owe {Of(_mirror, unit) + Of(_promises, unit)}, and the terms allow {limit}.");
                }

                break;
            case ("receipt", true):
                if (_decisions.GetValueOrDefault(transfer) != "commit")
                {
                    yield return (CrossCode.TradeUncommitted, "it was credited, and the payer's node had not committed it.");
                }

                if (!_credited.Add(transfer))
                {
                    yield return (CrossCode.TradeTwoDecisions, "it was credited twice.");
                }

                Add(_mirror, unit, e.AmountMinor);
                Add(_promises, unit, _promised.Remove(transfer) ? -e.AmountMinor : 0);
                break;
            case ("statement" or "countersign", true):
                foreach (var (of, minor) in e.Balances.Where(b => b.Value != Of(_mirror, b.Key)))
                {
                    yield return (CrossCode.TradeStatement, $"it states {minor} {of}, and the steps before it come to {Of(_mirror, of)}.");
                }

                foreach (var (of, minor) in _mirror.Where(m => m.Value != 0 && !e.Balances.ContainsKey(m.Key)))
                {
                    yield return (CrossCode.TradeStatement, $"it leaves out {minor} {of}.");
                }

                break;
        }

        if (e.Disputes)
        {
            yield return (CrossCode.TradeDisputed, "the books of the two sides differ, as one of them signed.");
        }
    }

    private static Int128 Of(Dictionary<string, Int128> sums, string unit) => sums.GetValueOrDefault(unit);

    private static void Add(Dictionary<string, Int128> sums, string unit, Int128 amount) => sums[unit] = Of(sums, unit) + amount;
}
