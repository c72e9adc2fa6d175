using Coop.Federation.Log.Notes;

namespace Coop.Federation.Replication;

/// <summary>What is done with evidence, found here or brought by a peer.</summary>
public static class EvidenceRule
{
    /// <summary>
    /// Proofs that are kept of one log until people decide. One is enough to freeze a peering; a log that signs a thousand
    /// histories must not fill the others' disks.
    /// </summary>
    public const int MaxPerLog = 8;

    /// <summary>
    /// Only <see cref="EvidenceReception.New"/> has consequences: it is stored, written into the log, freezes the
    /// peering and is passed on to the other peers. All else ends here, so nothing goes round in circles.
    /// </summary>
    /// <param name="evidence">Verified evidence: what <see cref="EquivocationEvidence.Parse"/> answers.</param>
    /// <param name="pinned">The key that this node has pinned for that origin; null when it does not know the log.</param>
    /// <param name="storedIds">The ids of what is kept of that log already.</param>
    /// <param name="undecidedCount">How many of those people have not decided about.</param>
    /// <param name="isSettled">Whether it shows only histories between which people have chosen.</param>
    public static EvidenceReception Receive(
        EquivocationEvidence evidence, NoteKey? pinned, IReadOnlyCollection<string> storedIds, int undecidedCount, bool isSettled)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(storedIds);
        return pinned is null ? EvidenceReception.UnknownLog
            : pinned != evidence.LogKey ? EvidenceReception.OtherKey
            : storedIds.Contains(evidence.Id) ? EvidenceReception.AlreadyKnown
            : isSettled ? EvidenceReception.Settled
            : undecidedCount >= MaxPerLog ? EvidenceReception.Enough
            : EvidenceReception.New;
    }
}
