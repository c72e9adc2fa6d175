using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Coop.Federation.Peering;
using Coop.Federation.Replication;
using Coop.Identity.Json;
using Coop.Identity.Net;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// Reads, now and then, which proofs a peer knows, and takes those that are new here: whoever was away when one
/// was passed on finds it all the same. Thread-safe.
/// </summary>
public sealed class EvidencePull(
    OutboundHttp http, EvidenceShelf shelf, EvidenceDesk desk, FollowSettings settings, TimeProvider time)
{
    /// <summary>Proofs that are fetched at one visit; the rest at the next ones.</summary>
    private const int MaxAtOnce = 8;

    private static readonly OutboundLimits ListLimits = new(256 * 1024, TimeSpan.FromSeconds(10));
    private static readonly OutboundLimits FileLimits = new(EquivocationEvidence.MaxSizeBytes, TimeSpan.FromSeconds(10));

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _askedAt = new();

    /// <summary>What a peer cannot or will not answer is passed over.</summary>
    public async Task PullAsync(Peering peer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var now = time.GetUtcNow();
        if (_askedAt.TryGetValue(peer.Id, out var asked) && now - asked < settings.EvidenceInterval)
        {
            return;
        }

        _askedAt[peer.Id] = now;
        try
        {
            var known = (await shelf.ListAsync(ct)).Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
            foreach (var id in (await IdsAsync(peer, ct)).Where(id => !known.Contains(id)).Take(MaxAtOnce))
            {
                await TakeAsync(peer, id, ct);
            }
        }
        catch (OutboundException)
        {
            // Its log answered a moment ago; the next visit asks again.
        }
    }

    private async Task TakeAsync(Peering peer, string id, CancellationToken ct)
    {
        var answer = await http.GetAsync(
            new Uri(peer.Peer.Address, $"{FederationSetup.Prefix}/evidence/{id}"), FileLimits, ct);
        if (!answer.IsSuccess)
        {
            return;
        }

        try
        {
            await desk.TakeAsync(EquivocationEvidence.Parse(answer.Body.Span), peer.Peer.Did, ct);
        }
        catch (EvidenceException)
        {
            // It proves nothing.
        }
    }

    private async Task<IReadOnlyList<string>> IdsAsync(Peering peer, CancellationToken ct)
    {
        var answer = await http.GetAsync(
            new Uri(peer.Peer.Address, $"{FederationSetup.Prefix}/evidence"), ListLimits, ct);
        try
        {
            return answer.IsSuccess && CanonicalJson.Parse(answer.Body.Span) is JsonObject json
                && json["evidence"] is JsonArray list
                    ? [.. list.Select(IdOf).OfType<string>()]
                    : [];
        }
        catch (CanonicalJsonException)
        {
            return [];
        }
    }

    private static string? IdOf(JsonNode? item) =>
        item is JsonObject o && o["id"] is JsonValue v && v.TryGetValue<string>(out var id)
        && id.Length == 64 && id.All(char.IsAsciiHexDigitLower)
            ? id
            : null;
}
