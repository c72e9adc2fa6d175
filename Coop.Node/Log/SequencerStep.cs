namespace Coop.Node.Log;

/// <summary>The steps of a sequencing round, in their order; a process may die after any of them.</summary>
public enum SequencerStep
{
    LeaseTaken,
    HeadVerified,
    BatchPrepared,
    HeadMoved,
    EntriesWritten,
    BatchCommitted,
    CheckpointSigned,
    SigningRecorded,
    CheckpointPublished,
}
