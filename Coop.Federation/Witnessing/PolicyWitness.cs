using Coop.Federation.Log.Notes;

namespace Coop.Federation.Witnessing;

/// <summary>A witness of a policy.</summary>
/// <param name="Name">Its name inside of the policy.</param>
/// <param name="Key">Its key (type 0x04).</param>
/// <param name="Url">Its submission prefix, to which <c>/add-checkpoint</c> is appended; null where the policy does not say.</param>
public sealed record PolicyWitness(string Name, NoteKey Key, string? Url);
