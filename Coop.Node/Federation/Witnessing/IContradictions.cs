using Coop.Federation.Witnessing;

namespace Coop.Node.Federation.Witnessing;

/// <summary>Finds out whether a witness that will not cosign holds a checkpoint that contradicts this log.</summary>
public interface IContradictions
{
    /// <summary>
    /// Fetches the checkpoint of this log that the witness cosigned last, and hands it to
    /// <see cref="Log.NodeLog.CompareAsync"/>. A witness's word alone stops nothing; the log's own signature does.
    /// </summary>
    Task LookAsync(PolicyWitness witness, CancellationToken ct);
}
