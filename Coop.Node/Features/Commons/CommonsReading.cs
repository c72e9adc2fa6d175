using System.Text.Json;
using Coop.Federation.Peering;
using Coop.Identity.Net;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Commons;

/// <summary>Reads what peers share, and keeps only what their logs prove. Thread-safe.</summary>
internal sealed class CommonsReading(Transactions transactions, PeerClient client, TimeProvider time)
{
    private const int MaxTitleLength = 200;
    private const int MaxListBytes = 512 * 1024;
    private const int MaxPayloadBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>What a peer shares with this co-op now.</summary>
    /// <exception cref="RefusalException">The peer did not answer as it should.</exception>
    public async Task<IReadOnlyList<SharedItem>> ListAsync(Peering peer, CancellationToken ct)
    {
        var list = await GetAsync<GiveCommons.Response>(peer, "/federation/commons", MaxListBytes, ct);
        return list.Items.Count <= CommonsItemStore.MaxStanding && list.Items.All(IsSound)
            ? list.Items
            : throw Failed("It lists more than it may, or what has no name.");
    }

    /// <summary>Fetches one thing, verifies it and keeps it; what is kept already is answered as it is.</summary>
    /// <exception cref="RefusalException">It is not shared, or erased, or not proven.</exception>
    public async Task<CommonsCopy> FetchAsync(Peering peer, Guid eventId, CancellationToken ct)
    {
        var known = await transactions.ReadAsync((c, t) => CommonsCopyStore.FindAsync(c, peer.Peer.Did, eventId, t), ct);
        if (known is not { State: CommonsCopy.Held or CommonsCopy.Erased })
        {
            var item = (await ListAsync(peer, ct)).FirstOrDefault(i => i.EventId == eventId)
                ?? throw ProblemTypes.NotFound.With("That co-op does not share this with you.");
            known = await FetchAsync(peer, item, ct);
        }

        return known.State == CommonsCopy.Held
            ? known
            : throw ProblemTypes.PayloadErased.With("That co-op has erased it.");
    }

    private async Task<CommonsCopy> FetchAsync(Peering peer, SharedItem item, CancellationToken ct)
    {
        var asked = await AskAsync(peer, item, ct);
        var given = await GetAsync<SharedPayload>(
            peer, $"/federation/payloads/{Convert.ToHexStringLower(asked.Hash)}", MaxPayloadBytes, ct);
        var proven = Proven(given, asked, peer);
        return await transactions.MaintainAsync(
            async (t, c) =>
            {
                await CommonsCopyStore.HoldAsync(t, asked.Id, proven, time.GetUtcNow(), c);
                return (await CommonsCopyStore.FindAsync(t.Connection!, asked.Id, c))!;
            },
            ct);
    }

    private async Task<CommonsCopy> AskAsync(Peering peer, SharedItem item, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var copy = new CommonsCopy(
            Guid.CreateVersion7(now), peer.Peer.Did, peer.Peer.Name, item.EventId, Convert.FromHexString(item.Hash), item.Title,
            item.MediaType, "fetching", null, null, null, null, null);
        return await transactions.MaintainAsync(
            async (t, c) =>
            {
                await CommonsCopyStore.AskAsync(t, copy, now, c);
                return (await CommonsCopyStore.FindAsync(t.Connection!, peer.Peer.Did, item.EventId, c))!;
            },
            ct);
    }

    private static ProvenPayload Proven(SharedPayload given, CommonsCopy asked, Peering peer)
    {
        try
        {
            return PayloadProof.Require(given, asked.EventId, asked.Hash, peer.Peer.LogKey);
        }
        catch (FormatException e)
        {
            throw Failed(e.Message);
        }
    }

    private async Task<T> GetAsync<T>(Peering peer, string path, int maxBytes, CancellationToken ct)
    {
        try
        {
            var limits = new OutboundLimits(maxBytes, Timeout) { MaxRedirects = 0, Accept = "application/json" };
            var answer = await client.GetAsync(peer, path, limits, ct);
            return JsonSerializer.Deserialize<T>(answer.Body.Span, StrictJson.Options)
                ?? throw Failed("It answered null.");
        }
        catch (JsonException)
        {
            throw Failed("Its answer is not the JSON that it should be.");
        }
        catch (PeerException e) when (e.Status is 404 or 410)
        {
            throw e.Status == 410
                ? ProblemTypes.PayloadErased.With("That co-op has erased it.")
                : ProblemTypes.NotFound.With("That co-op does not share this with you.");
        }
        catch (Exception e) when (e is PeerException or OutboundException)
        {
            throw Failed(e.Message);
        }
    }

    private static bool IsSound(SharedItem item) =>
        item is { Title.Length: >= 1 and <= MaxTitleLength, MediaType.Length: >= 1 and <= 100, Hash.Length: 64, SizeBytes: >= 0 }
        && item.Hash.All(char.IsAsciiHexDigitLower) && !item.Title.Any(char.IsControl) && !item.MediaType.Any(char.IsControl);

    private static RefusalException Failed(string detail) => ProblemTypes.PeerFailed.With(detail);
}
