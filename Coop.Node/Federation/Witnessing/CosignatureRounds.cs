using System.Text;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;
using Coop.Node.Database;
using Coop.Node.Log;

namespace Coop.Node.Federation.Witnessing;

/// <summary>
/// On the replica that leads the log: asks the policy's witnesses to cosign the newest checkpoint, one
/// checkpoint at a time, so that their cosignatures meet on the same one. The log never waits for it.
/// </summary>
/// <remarks>It paces itself by the machine's own timer: no rule depends on it, and a test's clock may stand still.</remarks>
public sealed class CosignatureRounds(
    NodeLog log,
    SequencerStatus sequencer,
    LogFiles files,
    Cosignatures cosignatures,
    WitnessPolicies policies,
    Transactions transactions,
    IWitnessClient client,
    IContradictions contradictions,
    WitnessingOptions options,
    TimeProvider time,
    ILogger<CosignatureRounds> logger) : BackgroundService
{
    private readonly CosignatureCollector _collector = new(client, files.ProveConsistencyAsync, options.Collector, time);
    private readonly HashSet<Task> _late = [];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_late).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var published = log.Published.Next;
            var pause = Task.Delay(options.Pace, stoppingToken);
            try
            {
                if (sequencer.Now.Role == SequencerStatus.Role.Leading)
                {
                    await RunRoundAsync(stoppingToken);
                }
            }
#pragma warning disable CA1031 // Whatever it was, the next round begins from what is stored.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Logs.CosigningFailed(logger, e);
            }

            // At most one round in a pace; then at once when something was published, else when a witness
            // that failed may be due again.
            await pause;
            await Task.WhenAny(published, Task.Delay(options.Retry, stoppingToken));
        }
    }

    /// <summary>
    /// Ends when the quorum is met, nobody is left to wait for, or the slowest have had their time; who is late is
    /// not lost.
    /// </summary>
    private async Task RunRoundAsync(CancellationToken ct)
    {
        if (await transactions.ReadAsync(HeadStore.ReadPublishedAsync, ct) is not { } published)
        {
            return;
        }

        var policy = await policies.ReadAsync(ct);
        var checkpoint = SignedNote.Parse(Encoding.UTF8.GetBytes(published.Checkpoint));
        var asked = policy.Witnesses
            .Where(w => w.Url is not null && _collector.IsDue(w, checkpoint))
            .Select(w => AskAsync(w, checkpoint, policy, ct))
            .ToList();
        var patience = Task.Delay(options.Patience, ct);
        while (asked.Count > 0 && await Task.WhenAny([.. asked, patience]) is Task<SignedNote?> first)
        {
            asked.Remove(first);
            if (await first is { } note && policy.IsMet(note))
            {
                break;
            }
        }

        _late.RemoveWhere(t => t.IsCompleted);
        _late.UnionWith(asked);
    }

    /// <summary>The checkpoint with its cosignatures; null when the witness gave none. Throws nothing but a cancellation.</summary>
    private async Task<SignedNote?> AskAsync(
        PolicyWitness witness, SignedNote checkpoint, WitnessPolicy policy, CancellationToken ct)
    {
        try
        {
            var outcome = await _collector.AskAsync(witness, checkpoint, ct);
            if (outcome.Cosignature is { } cosignature)
            {
                return await cosignatures.SaveAsync(checkpoint, witness, cosignature, policy, ct);
            }

            Logs.NotCosigned(logger, witness.Key.Name, outcome.Detail);
            if (outcome.Result is CosignatureResult.Ahead or CosignatureResult.OtherHistory)
            {
                await contradictions.LookAsync(witness, ct);
            }
        }
#pragma warning disable CA1031 // One witness must not keep the log from asking the others.
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Logs.CosigningFailed(logger, e);
        }

        return null;
    }
}
