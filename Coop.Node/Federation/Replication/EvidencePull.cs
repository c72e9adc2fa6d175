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

    /// <summary>After that long a proof that had no consequence is looked at again: its log may have become known.</summary>
    private static readonly TimeSpan PassedOverFor = TimeSpan.FromHours(1);

    private const int MaxPassedOver = 10_000;

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _askedAt = new();

    // What is not kept here must not stand in the way of what a peer's list names after it.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _passedOver = new(StringComparer.Ordinal);

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
            var news = (await IdsAsync(peer, ct)).Where(id => !known.Contains(id) && !IsPassedOver(id, now));
            foreach (var id in news.Take(MaxAtOnce))
            {
                await TakeAsync(peer, id, ct);
                PassOver(id, now);
            }
        }
        catch (OutboundException)
        {
            // Its log answered a moment ago; the next visit asks again.
        }
    }

    private bool IsPassedOver(string id, DateTimeOffset now) =>
        _passedOver.TryGetValue(id, out var at) && now - at < PassedOverFor;

    private void PassOver(string id, DateTimeOffset now)
    {
        if (_passedOver.Count >= MaxPassedOver)
        {
            _passedOver.Clear();
        }

        _passedOver[id] = now;
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
