namespace Coop.Federation.Log;

/// <summary>The right to extend the log.</summary>
/// <param name="Holder">The replica that has it; null when it was given back.</param>
/// <param name="Epoch">Grows by one whenever the lease changes hands: the fence against old holders.</param>
/// <param name="IsFree">Given back or expired, by the database's clock.</param>
public sealed record LogLease(Guid? Holder, long Epoch, bool IsFree);
