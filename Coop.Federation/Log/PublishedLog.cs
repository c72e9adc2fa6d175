namespace Coop.Federation.Log;

/// <summary>The log as everybody may see it: up to its last signed checkpoint.</summary>
/// <param name="Size">The checkpoint's size.</param>
/// <param name="Checkpoint">The signed note, verbatim.</param>
public sealed record PublishedLog(long Size, string Checkpoint);
