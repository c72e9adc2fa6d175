namespace Coop.Federation.Log;

/// <summary>The one row that says how far the log goes and who may extend it.</summary>
/// <param name="Origin">The log's name in checkpoints; fixed at the first start.</param>
/// <param name="Vkey">The verifier key of the log's signing key (signed-note form).</param>
/// <param name="Size">Number of entries stored.</param>
/// <param name="Root">Tree root over all of them, 32 bytes.</param>
/// <param name="CheckpointSize">Size that the checkpoint covers; at most <paramref name="Size"/>.</param>
/// <param name="Checkpoint">The last signed checkpoint; empty before the first.</param>
/// <param name="Lease">Who may extend the log.</param>
public sealed record LogHead(
    string Origin,
    string Vkey,
    long Size,
    byte[] Root,
    long CheckpointSize,
    string Checkpoint,
    LogLease Lease);
