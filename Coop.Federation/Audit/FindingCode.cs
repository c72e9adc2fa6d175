namespace Coop.Federation.Audit;

/// <summary>What an audit can find, in the words of specs/log-audit.md; names are in <see cref="FindingCodes"/>.</summary>
public enum FindingCode
{
    /// <summary>The checkpoint is not a signed note with a checkpoint's text.</summary>
    CheckpointMalformed,

    /// <summary>The checkpoint is of another log.</summary>
    CheckpointOrigin,

    /// <summary>The log's key did not sign the checkpoint.</summary>
    CheckpointSignature,

    /// <summary>The log shows another key than the one that is trusted.</summary>
    KeyChanged,

    /// <summary>The log is smaller than it was.</summary>
    LogShrank,

    /// <summary>The log signed a history that contradicts what it signed before.</summary>
    HistoryRewritten,

    /// <summary>A file that the checkpoint commits to is not served.</summary>
    FileMissing,

    /// <summary>A bundle ends before the entry.</summary>
    EntryMissing,

    /// <summary>The bytes are not an entry in canonical form.</summary>
    EntryMalformed,

    /// <summary>The entry names another position than the one where it stands.</summary>
    EntryPosition,

    /// <summary>The entry is of another log.</summary>
    EntryOrigin,

    /// <summary>The entry is not the one that was signed.</summary>
    EntryChanged,

    /// <summary>As signed, the entry does not name the hash of the one before it.</summary>
    ChainBroken,

    /// <summary>A bundle goes on behind its last entry.</summary>
    BundleTrailing,

    /// <summary>A tile has another length than its width asks for.</summary>
    TileSize,

    /// <summary>A tile's hash is not the one of the entries below it, which are as signed.</summary>
    TileMismatch,

    /// <summary>The entries do not lead to the signed root, and nothing shows which of them changed.</summary>
    RootMismatch,
}
