using Coop.Federation.Log.Notes;

namespace Coop.Federation.Witnessing;

/// <summary>A log of a policy.</summary>
/// <param name="Key">Its key (type 0x01), whose name is the origin.</param>
/// <param name="Url">Where it is; null where the policy does not say.</param>
public sealed record PolicyLog(NoteKey Key, string? Url);
