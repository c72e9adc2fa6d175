namespace Coop.Node.Features.Commons;

/// <summary>A payload that was found to be what the peer's log commits to.</summary>
/// <param name="Seq">The entry's position in the peer's log.</param>
/// <param name="Entry">The exact entry.</param>
/// <param name="Salt">32 bytes.</param>
/// <param name="Json">The canonical payload.</param>
internal sealed record ProvenPayload(long Seq, byte[] Entry, byte[] Salt, string Json);
