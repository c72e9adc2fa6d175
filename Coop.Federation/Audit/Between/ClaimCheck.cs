using System.Text.Json.Nodes;

namespace Coop.Federation.Audit.Between;

/// <summary>Pairs the claims that one log says were sent with those that another says were received.</summary>
internal sealed class ClaimCheck(IReadOnlyList<NodeVisit> nodes, ICollection<CrossFinding> findings)
{
    private readonly Dictionary<(NodeVisit Node, CrossKind Kind), List<Claim>> _claims = [];

    /// <summary>Reads the claims in all logs.</summary>
    /// <exception cref="AuditImpossibleException">A node does not answer.</exception>
    public async Task ReadAsync(CancellationToken ct)
    {
        foreach (var node in nodes)
        {
            foreach (var entry in node.Chronicle.Cross.Where(e => e.Kind is CrossKind.ClaimSent or CrossKind.ClaimReceived))
            {
                if (await CrossPayload.FetchAsync(node, entry, findings, ct) is { } payload)
                {
                    Read(node, entry, payload);
                }
            }
        }
    }

    /// <summary>Compares what went from one node to another.</summary>
    public ClaimResult Compare(NodeVisit from, NodeVisit to)
    {
        var sent = Of(from, CrossKind.ClaimSent, to);
        var received = Of(to, CrossKind.ClaimReceived, from);
        var paired = 0;
        foreach (var claim in received.Values.Where(c => c.Entry.Seq < to.SettledSize))
        {
            paired += IsSame(claim, sent.GetValueOrDefault(claim.Id), from, to) ? 1 : 0;
        }

        foreach (var claim in sent.Values.Where(c => !received.ContainsKey(c.Id)))
        {
            findings.Add(new(CrossCode.ClaimUnderway, from.Origin, to.Origin, $"The claim {claim.Id}, which {from.Name} sent in its entry {claim.Entry.Seq}, has not arrived at {to.Name}.")
            {
                Entry = claim.Entry.Seq,
                EntryOf = from.Origin,
            });
        }

        return new(sent.Count, received.Count, paired);
    }

    private bool IsSame(Claim received, Claim? sent, NodeVisit from, NodeVisit to)
    {
        if (sent?.Hash == received.Hash)
        {
            return true;
        }

        var (code, detail) = sent is null
            ? (CrossCode.ClaimUnsent, $"{to.Name} says in its entry {received.Entry.Seq} that it received the claim {received.Id} from {from.Name}, whose log does not know it.")
            : (CrossCode.ClaimChanged, $"The claim {received.Id} is another at {from.Name} (entry {sent.Entry.Seq}) than at {to.Name} (entry {received.Entry.Seq}).");
        findings.Add(new(code, to.Origin, from.Origin, detail) { Entry = received.Entry.Seq, EntryOf = to.Origin });
        return false;
    }

    private void Read(NodeVisit node, CrossEntry entry, JsonObject payload)
    {
        if (Text(payload, "claimId") is not { } id || Text(payload, "hash") is not { } hash || Text(payload, "peer") is not { } peer)
        {
            findings.Add(CrossPayload.Of(CrossCode.PayloadChanged, node, entry, $"The payload of entry {entry.Seq} of {node.Name} is not that of a claim."));
            return;
        }

        var key = (node, entry.Kind);
        var list = _claims.TryGetValue(key, out var known) ? known : _claims[key] = [];
        list.Add(new(id, hash, peer, entry));
    }

    private Dictionary<string, Claim> Of(NodeVisit node, CrossKind kind, NodeVisit peer)
    {
        var claims = new Dictionary<string, Claim>(StringComparer.Ordinal);
        foreach (var claim in _claims.GetValueOrDefault((node, kind), []).Where(c => c.Peer == peer.Node!.Did))
        {
            claims.TryAdd(claim.Id, claim);
        }

        return claims;
    }

    private static string? Text(JsonObject payload, string name) => RemoteJson.OptionalText(payload, name);

    private sealed record Claim(string Id, string Hash, string Peer, CrossEntry Entry);
}
