using System.Threading.Channels;
using Coop.Federation.Log.Notes;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// Checkpoints that came by while somebody waits for an answer: they are held against the copies afterwards, in
/// the background. Under a flood the oldest are dropped. Thread-safe.
/// </summary>
public sealed class CheckpointInbox(CheckpointReports reports, ILogger<CheckpointInbox> logger) : BackgroundService
{
    private const int MaxWaiting = 256;

    private readonly Channel<SignedNote> _waiting = Channel.CreateBounded<SignedNote>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Leaves a checkpoint; never waits. Whose it is, and whether it is signed, is looked at later.</summary>
    public void Leave(SignedNote note) => _waiting.Writer.TryWrite(note);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var note in _waiting.Reader.ReadAllAsync(stoppingToken))
            {
                await ReportAsync(note, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task ReportAsync(SignedNote note, CancellationToken ct)
    {
        try
        {
            await reports.ReportAsync(Checkpoint.Parse(note.Text).Origin, note, ct);
        }
#pragma warning disable CA1031 // Whatever it was: the next checkpoint is judged all the same.
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Logs.CheckpointNotJudged(logger, e.Message);
        }
    }
}
