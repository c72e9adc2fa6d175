namespace Coop.Federation.Replication;

/// <summary>What a verified copy says about a checkpoint.</summary>
/// <param name="IsKnown">False when the copy does not go that far yet.</param>
/// <param name="Evidence">The proof that the checkpoint is of another history; null when it is not.</param>
public sealed record CheckpointVerdict(bool IsKnown, EquivocationEvidence? Evidence)
{
    /// <summary>The checkpoint is of the history that is copied here.</summary>
    public static CheckpointVerdict Continues { get; } = new(true, null);

    /// <summary>To be asked again when the copy has grown.</summary>
    public static CheckpointVerdict NotYetKnown { get; } = new(false, null);
}
