using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Node.Database;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// Reads what a peer wrote into its log about the logs of others: the entry is in the copy and so verified, the
/// payload is asked of the peer and held against it. Thread-safe.
/// </summary>
public sealed class Hearsay(Transactions transactions, CheckpointReports reports)
{
    /// <param name="copy">The copy of the peer's log, see <see cref="MirrorKey"/>.</param>
    /// <param name="source">Its files; payloads lie beside them.</param>
    /// <param name="ct">Ends the reading; the rest is read next time.</param>
    /// <exception cref="AuditImpossibleException">The peer does not answer; likewise.</exception>
    public async Task ReadAsync(string copy, ILogSource source, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        var unread = await transactions.ReadAsync(
            (connection, token) => SeenEntryTable.ListUnreadAsync(connection, copy, token), ct);
        foreach (var entry in unread)
        {
            var served = await source.FetchAsync($"events/{entry.EventId:D}/payload", CheckpointSeen.MaxSizeBytes, ct);
            if (served is not null && CheckpointSeen.Read(served, entry.PayloadHash.Span) is { } note)
            {
                await ReportAsync(note, ct);
            }

            // Also what is erased or was never such a payload: it does not get better by asking again.
            await transactions.MaintainAsync(
                (transaction, token) => SeenEntryTable.MarkAsync(transaction, copy, entry, token), ct);
        }
    }

    private async Task ReportAsync(SignedNote note, CancellationToken ct)
    {
        try
        {
            await reports.ReportAsync(Checkpoint.Parse(note.Text).Origin, note, ct);
        }
        catch (NoteException)
        {
            // A payload that holds no checkpoint says nothing.
        }
    }
}
