using Coop.Federation.Log;
using Coop.Node.Log;

namespace Coop.Node.Federation.Witnessing;

/// <summary>
/// Asks peers which checkpoint of this log they saw last: before the node signs, and every now and then. What
/// they show is held against the stored log. Thread-safe.
/// </summary>
public sealed class SeenByPeers(
    ISeeingPeers peers, NodeLog log, WitnessingOptions options, ILogger<SeenByPeers> logger)
    : BackgroundService, ISigningConfirmation
{
    public async Task ConfirmAsync(bool isInDoubt, CancellationToken ct)
    {
        var asking = AskAllAsync(ct);
        if (!isInDoubt)
        {
            // Whoever answers later is heard too; until then what this node remembers counts.
            Task heard = asking;
            await heard.WaitAsync(options.StartWait, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        // One that shows a later checkpoint has stopped the log itself, with the reason.
        var answers = await asking;
        if (SigningRule.Decide(isInDoubt, [.. answers.Select(a => a.Verdict)]) == SigningVerdict.Wait)
        {
            throw new SigningUnconfirmedException([.. answers.Where(a => a.Verdict == SeenVerdict.Silent).Select(a => a.Name)]);
        }
    }

    // By the machine's own timer: no rule depends on it, and a test's clock may stand still. The first time soon:
    // at the very start the node may not be able to sign requests yet.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = options.SeenFirst; ; pause = options.SeenInterval)
        {
            await Task.Delay(pause, stoppingToken);
            try
            {
                await AskAllAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever it was, they are asked again.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Logs.PeerDidNotConfirm(logger, log.Origin, e.Message);
            }
        }
    }

    private async Task<IReadOnlyList<(string Name, SeenVerdict Verdict)>> AskAllAsync(CancellationToken ct) =>
        await Task.WhenAll((await peers.ListAsync(ct)).Select(async p => (p.Name, await AskAsync(p, ct))));

    private async Task<SeenVerdict> AskAsync(SeeingPeer peer, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.SeenTimeout);
        try
        {
            return await peer.AskAsync(limit.Token) is { } note
                ? await log.CompareAsync(note, peer.Name, ct)
                : SeenVerdict.Nothing;
        }
#pragma warning disable CA1031 // Whatever a peer does must not keep the node from hearing the others.
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Logs.PeerDidNotConfirm(logger, peer.Name, e.Message);
            return SeenVerdict.Silent;
        }
    }
}
