using Coop.Federation.Log;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Witnessing;

/// <summary>What a witness remembers of each log: the latest checkpoint that it cosigned, and no more.</summary>
/// <remarks>Used from several threads at once.</remarks>
public interface IWitnessStore
{
    /// <summary>
    /// The keys that the witness trusts for a log (type 0x01, named as the origin); none when it does not
    /// know the log, or does not cosign for it any more.
    /// </summary>
    Task<IReadOnlyList<NoteKey>> FindKeysAsync(string origin, CancellationToken ct);

    /// <summary>The size and root that were cosigned last; null when nothing was.</summary>
    Task<LogState?> FindLatestAsync(string origin, CancellationToken ct);

    /// <summary>
    /// Records a checkpoint as the latest, if the one before still is <paramref name="from"/>, in one step
    /// that no other call can come between. When this answers true, the checkpoint is durable: the cosignature
    /// is made afterwards. When it answers false or throws, nothing was cosigned; after an exception it
    /// may have been recorded or not.
    /// </summary>
    /// <param name="origin">The log.</param>
    /// <param name="from">What <see cref="FindLatestAsync"/> answered; null when nothing was recorded.</param>
    /// <param name="to">The new size and root; the size may be the same.</param>
    /// <param name="note">The checkpoint with the log's own signatures.</param>
    /// <param name="ct">Ends the attempt.</param>
    Task<bool> TryAdvanceAsync(string origin, LogState? from, LogState to, SignedNote note, CancellationToken ct);
}
