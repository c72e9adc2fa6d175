namespace Coop.Federation.Log.Notes;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="KeyId">The key's ID.</param>
/// <param name="Bytes">What follows the ID; 64 bytes for Ed25519.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes);
