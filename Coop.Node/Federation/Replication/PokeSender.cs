using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Coop.Federation.Peering;
using Coop.Identity.Net;
using Coop.Node.Log;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// Tells the peers that copy this node's log when it has grown. Only a hint, sent once: they look by themselves,
/// only later. At most one is on its way to a peer.
/// </summary>
public sealed class PokeSender(
    Peerings peerings, PeerClient client, LogFiles log, FollowSettings settings, ILogger<PokeSender> logger) : BackgroundService
{
    private static readonly OutboundLimits Limits = new(16 * 1024, TimeSpan.FromSeconds(5));

    private readonly ConcurrentDictionary<Guid, bool> _underWay = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        long? told = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var size = (await log.ReadPublishedAsync(stoppingToken))?.Size;
                if (told is not null && size > told)
                {
                    await PokeAllAsync(size.Value, stoppingToken);
                }

                told = size ?? told;
                await Task.Delay(settings.LookInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it was, most likely the database: the next look is soon.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Logs.PokesNotSent(logger, e.Message);
                await Task.Delay(settings.FirstPause, stoppingToken).ContinueWith(
                    _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    private async Task PokeAllAsync(long size, CancellationToken ct)
    {
        foreach (var peer in (await peerings.ListAsync(ct)).Where(p => p.IsGranted(PeeringScope.Replicate)))
        {
            if (_underWay.TryAdd(peer.Id, true))
            {
                _ = PokeAsync(peer, size, ct);
            }
        }
    }

    private async Task PokeAsync(Peering peer, long size, CancellationToken ct)
    {
        try
        {
            await client.PostAsync(peer, $"{FederationSetup.Prefix}/pokes", new JsonObject { ["size"] = size }, Limits, ct);
        }
#pragma warning disable CA1031 // It was only a hint.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Logs.PokeNotSent(logger, peer.Peer.Did, e.Message);
        }
        finally
        {
            _underWay.TryRemove(peer.Id, out _);
        }
    }
}
