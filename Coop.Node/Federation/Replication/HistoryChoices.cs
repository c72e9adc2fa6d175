using System.Text;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Node.Database;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// What people decided about logs that signed two histories, as those need it who follow such a log or take proofs
/// about it. Thread-safe.
/// </summary>
public sealed class HistoryChoices(Transactions transactions, MirrorStore mirrors)
{
    /// <summary>Proofs about which people have decided, that are looked at; the newest.</summary>
    private const int MaxDecided = 64;

    /// <summary>Whether people have decided about what a proof shows.</summary>
    /// <param name="evidence">Verified, and by the log's pinned key.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The verdict, and the number of the choice on which it rests; 0 where there was none.</returns>
    internal async Task<(DecidedHistories.Verdict Verdict, long Choice)> JudgeAsync(
        EquivocationEvidence evidence, CancellationToken ct)
    {
        var origin = evidence.LogKey.Name;
        if (await LastAsync(origin, ct) is not { } last)
        {
            return (new(false, null), 0);
        }

        var named = (await DecidedAsync(origin, ct)).SelectMany(e => new[] { e.Smaller.Text, e.Larger.Text });
        var aside = Enumerable.Range(0, (int)last.History).Select(n => mirrors.Copy(n)).ToList();
        var decided = new DecidedHistories(
            last.Choice, mirrors.Copy(last.History), aside, named.ToHashSet(StringComparer.Ordinal));
        return (await decided.JudgeAsync(evidence, ct), last.Number);
    }

    /// <summary>The checkpoints of other histories than the copy's that people have decided to refuse.</summary>
    public async Task<IReadOnlyList<SignedNote>> RefusedAsync(NoteKey key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (await LastAsync(key.Name, ct) is not { Choice: HistoryChoice.Kept })
        {
            return [];
        }

        var judge = new CheckpointJudge(mirrors);
        var refused = new List<SignedNote>();
        foreach (var note in (await DecidedAsync(key.Name, ct)).SelectMany(e => new[] { e.Smaller, e.Larger }))
        {
            if ((await judge.JudgeAsync(key, note, ct)).Evidence is not null)
            {
                refused.Add(note);
            }
        }

        return refused;
    }

    private Task<HistoryChoiceTable.Row?> LastAsync(string origin, CancellationToken ct) => transactions.ReadAsync(
        (connection, token) => HistoryChoiceTable.FindAsync(connection, origin, token), ct);

    private async Task<List<EquivocationEvidence>> DecidedAsync(string origin, CancellationToken ct)
    {
        var stored = await transactions.ReadAsync(
            (connection, token) => EvidenceTable.ListDecidedAsync(connection, origin, MaxDecided, token), ct);
        return stored.ConvertAll(json => EquivocationEvidence.Parse(Encoding.UTF8.GetBytes(json)));
    }
}
