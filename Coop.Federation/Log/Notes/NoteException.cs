namespace Coop.Federation.Log.Notes;

/// <summary>Text that is not the signed note, checkpoint, key or proof that it should be.</summary>
public sealed class NoteException(string message) : FormatException(message);
