using Coop.Federation.Log;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Witnessing;

/// <summary>
/// A witness's memory that survives when its database is put back to an earlier state: what the guard knows and
/// the database has forgotten is brought back before anything is decided. Thread-safe.
/// </summary>
/// <remarks>
/// Order of a cosignature: database, guard, signature, reply. A witness that dies after the first has said
/// nothing; one that dies after the second neither, and remembers more than it said, which harms nobody.
/// </remarks>
/// <param name="database">The memory that replicas share.</param>
/// <param name="guard">What this process keeps beside it.</param>
public sealed class GuardedWitnessStore(IWitnessStore database, IWitnessGuard guard) : IWitnessStore
{
    public Task<IReadOnlyList<NoteKey>> FindKeysAsync(string origin, CancellationToken ct) =>
        database.FindKeysAsync(origin, ct);

    public async Task<LogState?> FindLatestAsync(string origin, CancellationToken ct)
    {
        var stored = await database.FindLatestAsync(origin, ct);
        if (await guard.FindAsync(origin, ct) is not { } note || State(note) is not { } cosigned
            || cosigned.Size < (stored?.Size ?? -1))
        {
            return stored;
        }

        if (cosigned.Size == stored?.Size)
        {
            // Another replica, whose guard did not know, cosigned another history after the database was put back.
            // What this one cosigned is not in the database, so nothing that starts from it is recorded or cosigned.
            return stored.HasRoot(cosigned.Root) ? stored : cosigned;
        }

        // Whether this attempt comes first or another one: what is read then is not behind the guard.
        await database.TryAdvanceAsync(origin, stored, cosigned, note, ct);
        return await database.FindLatestAsync(origin, ct);
    }

    public async Task<bool> TryAdvanceAsync(
        string origin, LogState? from, LogState to, SignedNote note, CancellationToken ct)
    {
        if (!await database.TryAdvanceAsync(origin, from, to, note, ct))
        {
            return false;
        }

        await guard.RecordAsync(note, ct);
        return true;
    }

    private static LogState State(SignedNote note)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        return new LogState(checkpoint.Size, checkpoint.Root.ToArray());
    }
}
