using Coop.Federation.Log.Notes;

namespace Coop.Federation.Audit;

/// <summary>What an audit did and found.</summary>
/// <param name="Key">The key that the log was held to.</param>
/// <param name="Checkpoint">The checkpoint that was checked; null when it did not verify.</param>
/// <param name="Note">That checkpoint as signed.</param>
/// <param name="EarlierNote">The signed checkpoint of the earlier audit that this one went on from.</param>
/// <param name="EntriesChecked">Entries fetched and checked.</param>
/// <param name="BundlesChecked">Entry bundles fetched and checked.</param>
/// <param name="TilesChecked">Tiles fetched and compared.</param>
/// <param name="Finding">The first fault; null when all holds.</param>
/// <param name="State">What to remember; only when all holds.</param>
public sealed record AuditReport(
    NoteKey Key,
    Checkpoint? Checkpoint,
    SignedNote? Note,
    SignedNote? EarlierNote,
    long EntriesChecked,
    int BundlesChecked,
    int TilesChecked,
    Finding? Finding,
    AuditState? State)
{
    public bool IsClean => Finding is null;
}
