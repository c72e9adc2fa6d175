using Coop.Federation.Log.Notes;

namespace Coop.Federation.Witnessing;

/// <summary>
/// Remembers, outside of the witness's database, the largest checkpoint of each log that was cosigned: a
/// database that comes back from a backup has forgotten the last ones. Used from several threads at once.
/// </summary>
public interface IWitnessGuard
{
    /// <summary>The largest checkpoint that was recorded for a log; null where there is none.</summary>
    Task<SignedNote?> FindAsync(string origin, CancellationToken ct);

    /// <summary>
    /// Records a checkpoint that is durable in the database, before its cosignature is made; durable when this
    /// returns. A smaller one than was recorded before changes nothing.
    /// </summary>
    Task RecordAsync(SignedNote note, CancellationToken ct);
}
