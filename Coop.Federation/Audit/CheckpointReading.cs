using Coop.Federation.Log.Notes;

namespace Coop.Federation.Audit;

/// <summary>A log's checkpoint as served: either verified, or with what is wrong with it.</summary>
/// <param name="Checkpoint">The checkpoint; null when there is a fault.</param>
/// <param name="Note">The signed note.</param>
/// <param name="Fault">What is wrong.</param>
internal sealed record CheckpointReading(Checkpoint? Checkpoint, SignedNote? Note, Finding? Fault)
{
    private const string File = "checkpoint";

    public static CheckpointReading Read(ReadOnlySpan<byte> bytes, NoteKey key)
    {
        try
        {
            var note = SignedNote.Parse(bytes);
            return Verify(note, Checkpoint.Parse(note.Text), key);
        }
        catch (NoteException e)
        {
            return Refuse(FindingCode.CheckpointMalformed, $"The checkpoint cannot be read: {e.Message}");
        }
    }

    private static CheckpointReading Verify(SignedNote note, Checkpoint checkpoint, NoteKey key)
    {
        if (checkpoint.Origin != key.Name)
        {
            return Refuse(FindingCode.CheckpointOrigin, $"The checkpoint is of {checkpoint.Origin}, not of {key.Name}.");
        }

        return note.IsSignedBy(key)
            ? new CheckpointReading(checkpoint, note, null)
            : Refuse(FindingCode.CheckpointSignature, $"The checkpoint carries no signature by {key} that verifies.");
    }

    private static CheckpointReading Refuse(FindingCode code, string detail) =>
        new(null, null, new Finding(code, detail, File: File));
}
