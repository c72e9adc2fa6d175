using System.Threading.Channels;
using Coop.Federation.Peering;
using Coop.Federation.Replication;
using Coop.Identity.Net;
using Coop.Node.Http;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// Passes new proofs on to all peers. A try each, and no more: whoever missed it finds it in the list that
/// peers read of each other.
/// </summary>
public sealed class EvidenceGossip(Peerings peerings, PeerClient client, ILogger<EvidenceGossip> logger) : BackgroundService
{
    private const int MaxWaiting = 64;

    private static readonly OutboundLimits Limits = new(16 * 1024, TimeSpan.FromSeconds(10));

    private readonly Channel<EquivocationEvidence> _waiting = Channel.CreateBounded<EquivocationEvidence>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Leaves a proof to be passed on; never waits.</summary>
    public void Tell(EquivocationEvidence evidence) => _waiting.Writer.TryWrite(evidence);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var evidence in _waiting.Reader.ReadAllAsync(stoppingToken))
            {
                await TellAllAsync(evidence, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task TellAllAsync(EquivocationEvidence evidence, CancellationToken ct)
    {
        try
        {
            var all = await peerings.ListAsync(ct);
            await Task.WhenAll(all
                .Where(p => p.IsGranted(PeeringScope.Replicate) && p.Peer.LogOrigin != evidence.LogKey.Name)
                .Select(p => TellAsync(p, evidence, ct)));
        }
#pragma warning disable CA1031 // Whatever it was: the next proof is passed on again.
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Logs.EvidenceNotPassedOn(logger, evidence.Id, e.Message);
        }
    }

    private async Task TellAsync(Peering peer, EquivocationEvidence evidence, CancellationToken ct)
    {
        try
        {
            await client.PostAsync(peer, "/federation/evidence", evidence.ToJson(), Limits, ct);
        }
        catch (PeerException e) when (e.Is(ProblemTypes.EvidenceRefused))
        {
            // It has nothing to do with that log.
        }
        catch (IOException e)
        {
            Logs.EvidenceNotPassedOn(logger, evidence.Id, e.Message);
        }
    }
}
