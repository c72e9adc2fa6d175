using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Audit.Between;

/// <summary>
/// Holds what a node wrote down of others' checkpoints against those logs: the payload must be the one that the
/// entry commits to, the checkpoint signed by the other log, and its root that of the other log at its size.
/// </summary>
internal sealed class SeenCheck(NodeVisit node, IReadOnlyList<NodeVisit> others, ICollection<CrossFinding> findings)
{
    private const int MostLinks = 24;
    private const int Ahead = 8;

    private readonly Dictionary<string, Tally> _tallies = [];

    /// <exception cref="AuditImpossibleException">A node does not answer.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        var seen = node.Chronicle.Cross.Where(e => e.Kind == CrossKind.CheckpointSeen);
        await foreach (var (entry, payload, found) in InOrder.RunAsync(seen, Ahead, FetchAsync, ct))
        {
            found.ForEach(findings.Add);
            if (payload is not null)
            {
                await CheckAsync(entry, payload, ct);
            }
        }
    }

    public SeenResult ResultOf(NodeVisit other) =>
        _tallies.TryGetValue(other.Origin, out var tally) ? tally.ToResult() : SeenResult.None;

    private async Task<(CrossEntry Entry, JsonObject? Payload, List<CrossFinding> Found)> FetchAsync(CrossEntry entry, CancellationToken ct)
    {
        var found = new List<CrossFinding>();
        return (entry, await CrossPayload.FetchAsync(node, entry, found, ct), found);
    }

    private async Task CheckAsync(CrossEntry entry, JsonObject payload, CancellationToken ct)
    {
        var origin = RemoteJson.OptionalText(payload, "origin");
        if (others.FirstOrDefault(o => o.Origin == origin) is not { Original: { } original, Key: { } key } other)
        {
            return;
        }

        var tally = _tallies.TryGetValue(origin!, out var known) ? known : _tallies[origin!] = new();
        var reading = Read(payload, key);
        if (reading.Fault is { } fault)
        {
            tally.Add(entry, 0, agrees: false);
            findings.Add(Of(CrossCode.SeenUnsigned, node, other, entry, $"{node.Name} wrote down in its entry {entry.Seq} a checkpoint that {other.Name} never signed: {fault.Detail}"));
            return;
        }

        var compared = await original.CompareAsync(reading.Note!, ct);
        tally.Add(entry, reading.Checkpoint!.Size, compared.Agrees);
        Note(entry, other, reading.Checkpoint.Size, compared);
    }

    private void Note(CrossEntry entry, NodeVisit other, long size, Comparison compared)
    {
        if (compared.Evidence is { } evidence)
        {
            findings.Add(Of(CrossCode.TwoHistories, other, node, entry, $"{other.Name} signed two histories: the checkpoint of {size} entries that {node.Name} wrote down in its entry {entry.Seq} is of another history than {other.Name} shows.") with { Evidence = evidence });
        }
        else if (compared.ShownSize is { } shown)
        {
            findings.Add(Of(CrossCode.HistoryWithheld, other, node, entry, $"{other.Name} signed {size} entries, as {node.Name} wrote down in its entry {entry.Seq}, and shows only {shown}."));
        }
    }

    // What stands beside the note must be what the note says.
    private static CheckpointReading Read(JsonObject payload, NoteKey key)
    {
        var reading = CheckpointReading.Read(Encoding.UTF8.GetBytes(RemoteJson.OptionalText(payload, "note") ?? ""), key);
        return reading.Checkpoint is { } checkpoint
                && (payload["size"]?.ToJsonString() != $"{checkpoint.Size}"
                    || RemoteJson.OptionalText(payload, "root") != Convert.ToBase64String(checkpoint.Root.Span))
            ? new(null, null, new Finding(FindingCode.CheckpointMalformed, "size or root is not that of the note."))
            : reading;
    }

    // The entry that shows it is the recorder's, whoever is at fault.
    private CrossFinding Of(CrossCode code, NodeVisit about, NodeVisit peer, CrossEntry entry, string detail) =>
        new(code, about.Origin, peer.Origin, detail) { Entry = entry.Seq, EntryOf = node.Origin };

    /// <summary>Counts, and keeps some of the links, spread over all of them.</summary>
    private sealed class Tally
    {
        private List<SeenLink> _links = [];
        private int _count;
        private int _agreeing;
        private int _step = 1;

        public void Add(CrossEntry entry, long size, bool agrees)
        {
            if (_count++ % _step == 0 || !agrees)
            {
                _links.Add(new(entry.Seq, entry.Time, size, agrees));
            }

            _agreeing += agrees ? 1 : 0;
            if (_links.Count > MostLinks)
            {
                _links = [.. _links.Where((_, i) => i % 2 == 0)];
                _step *= 2;
            }
        }

        public SeenResult ToResult() => new(_count, _agreeing, [.. _links]);
    }
}
