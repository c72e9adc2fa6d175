using System.Collections.Concurrent;
using System.Diagnostics;
using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;
using Coop.Identity.Keys;
using Coop.Identity.Net;
using Coop.Node.Database;

namespace Coop.Node.Federation;

/// <summary>
/// The keys of peers, out of DID histories that are pinned at the first contact and only ever extended. Thread-safe.
/// </summary>
public sealed class PeerKeys(
    Transactions transactions, OutboundHttp http, FederationMetrics metrics, TimeProvider time, ILogger<PeerKeys> logger) : IDisposable
{
    /// <summary>How often an unknown key may make this node look for a rotation, for each peer.</summary>
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(5);

    /// <summary>How many histories of strangers are fetched at once; who comes then is told to wait.</summary>
    private const int MaxStrangersAtOnce = 4;

    private const string OtherHistory = "The peer shows a DID history that does not continue the one first seen.";

    private const int MaxKept = PeeringStore.MaxCount * 2;

    private readonly WebVhFetcher _fetcher = new(http, time);
    private readonly ConcurrentDictionary<string, PinnedHistory> _kept = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _asked = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _strangers = new(MaxStrangersAtOnce);

    /// <summary>The history that is pinned for that DID; null where there is none.</summary>
    public async Task<PinnedHistory?> FindAsync(string did, CancellationToken ct)
    {
        if (_kept.TryGetValue(did, out var kept))
        {
            return kept;
        }

        return await ReadAsync(did, ct);
    }

    /// <summary>A key of a pinned DID; where it is not known, a rotation is looked for, but not too often.</summary>
    /// <param name="pinned">What is pinned.</param>
    /// <param name="find">Finds the key in a history.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<VerificationKey?> FindKeyAsync(
        PinnedHistory pinned, Func<PinnedHistory, VerificationKey?> find, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(pinned);
        ArgumentNullException.ThrowIfNull(find);
        return find(pinned) ?? (await RefreshAsync(pinned, ct) is { } newer ? find(newer) : null);
    }

    /// <summary>Fetches and checks the history of a DID; nothing is pinned.</summary>
    /// <exception cref="DidException">There is none that holds.</exception>
    /// <exception cref="OutboundException">It could not be fetched.</exception>
    public async Task<PinnedHistory> FetchAsync(string did, CancellationToken ct) =>
        PinnedHistory.Of(did, await _fetcher.FetchAsync(did, ct));

    /// <summary>As <see cref="FetchAsync"/>, for who asks unknown; null when there are too many at once.</summary>
    public async Task<PinnedHistory?> FetchStrangerAsync(string did, CancellationToken ct)
    {
        if (!await _strangers.WaitAsync(TimeSpan.Zero, ct))
        {
            return null;
        }

        try
        {
            return await FetchAsync(did, ct);
        }
        finally
        {
            _strangers.Release();
        }
    }

    /// <summary>Pins a history, or extends the one that is pinned.</summary>
    /// <returns>False, and nothing is changed, when it does not continue the pinned one.</returns>
    public async Task<bool> PinAsync(WriteScope scope, PinnedHistory history, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(history);
        return await ExtendAsync(scope.Transaction, history, ct);
    }

    public void Dispose() => _strangers.Dispose();

    private async Task<PinnedHistory?> RefreshAsync(PinnedHistory pinned, CancellationToken ct)
    {
        // Of a stranger nothing is pinned, nor is it for asking: what was fetched a moment ago is the newest there is.
        if (!_kept.TryGetValue(pinned.Did, out var kept))
        {
            return null;
        }

        // Reading what is stored costs, too, for it is verified: whoever names a peer and a key that is not its
        // own must not have that done with every request.
        if (kept.Text.Length > pinned.Text.Length || !MayAsk(pinned.Did))
        {
            return kept;
        }

        // Another replica may have found it already.
        if (await ReadAsync(pinned.Did, ct) is { } stored && stored.Text.Length > pinned.Text.Length)
        {
            return stored;
        }

        try
        {
            var fetched = await FetchAsync(pinned.Did, ct);
            var isKept = await transactions.MaintainAsync((t, c) => ExtendAsync(t, fetched, c), ct);
            if (isKept && fetched.Text.Length <= pinned.Text.Length)
            {
                return null;
            }

            if (isKept)
            {
                _kept[pinned.Did] = fetched;
                return fetched;
            }

            Logs.PeerHistoryRefused(logger, pinned.Did);
            metrics.Refused(pinned.Did, "history");
            return null;
        }
        catch (Exception e) when (e is DidException or OutboundException)
        {
            Logs.PeerHistoryNotHad(logger, pinned.Did, e.Message);
            return null;
        }
    }

    private async Task<bool> ExtendAsync(Npgsql.NpgsqlTransaction transaction, PinnedHistory history, CancellationToken ct)
    {
        var row = await PeerHistoryStore.FindAsync(transaction.Connection!, history.Did, ct);
        var now = time.GetUtcNow();
        var pinned = row is null ? null : PinnedHistory.Of(row.Did, row.History, row.Witnesses, now);
        if (pinned?.Continues(history) == true)
        {
            // Another replica was first, or an old copy was fetched.
            return true;
        }

        if (pinned is not null && !history.Continues(pinned))
        {
            await PeerHistoryStore.NoteRefusalAsync(transaction, history.Did, now, OtherHistory, ct);
            if (await PeeringStore.FindOpenAsync(transaction.Connection!, history.Did, ct) is { } open)
            {
                // Where people look.
                await PeeringStore.NoteTroubleAsync(transaction, open.Id, OtherHistory, ct);
            }

            return false;
        }

        await PeerHistoryStore.KeepAsync(transaction, history.Did, history.Text, history.Witnesses, now, ct);
        return true;
    }

    private async Task<PinnedHistory?> ReadAsync(string did, CancellationToken ct)
    {
        if (await transactions.ReadAsync((c, t) => PeerHistoryStore.FindAsync(c, did, t), ct) is not { } row)
        {
            return null;
        }

        var pinned = PinnedHistory.Of(row.Did, row.History, row.Witnesses, time.GetUtcNow());
        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        _kept[did] = pinned;
        return pinned;
    }

    // By the machine's clock: a peer's address is not to be asked faster because a test's clock runs.
    private bool MayAsk(string did)
    {
        var now = Stopwatch.GetTimestamp();
        if (_asked.TryGetValue(did, out var last) && Stopwatch.GetElapsedTime(last, now) < RefreshInterval)
        {
            return false;
        }

        _asked[did] = now;
        return true;
    }
}
