namespace Coop.Federation.Log;

/// <summary>One step of the head, by the leader of an epoch.</summary>
/// <param name="Epoch">The leader's lease epoch.</param>
/// <param name="FromSize">The size that the head must have.</param>
/// <param name="ToSize">The size that it gets.</param>
/// <param name="ToRoot">Tree root over <paramref name="ToSize"/> entries, 32 bytes.</param>
public sealed record HeadMove(long Epoch, long FromSize, long ToSize, byte[] ToRoot);
