namespace Coop.Identity.Dids.WebVh;

/// <summary>Why a history of did:webvh is refused: a stable code for each way to forge one (specs/dids.md).</summary>
public static class WebVhCodes
{
    /// <summary>There is no entry at all.</summary>
    public const string Empty = "webvh-empty";

    /// <summary>The history, one of its lines or the witness file is larger than is allowed.</summary>
    public const string TooLarge = "webvh-too-large";

    /// <summary>A line is not JSON, or has members too many, too few or of a wrong kind.</summary>
    public const string Entry = "webvh-entry";

    /// <summary>A parameter is unknown, missing, of a wrong kind, or not allowed in its entry.</summary>
    public const string Parameters = "webvh-parameters";

    /// <summary>Another version of the method than 1.0.</summary>
    public const string Method = "webvh-method";

    /// <summary>A hash is by another algorithm than SHA-256, or is no multihash.</summary>
    public const string HashAlgorithm = "webvh-hash-algorithm";

    /// <summary>The version number is not one more than that of the entry before.</summary>
    public const string VersionNumber = "webvh-version-number";

    /// <summary>The SCID is not the hash of the first entry.</summary>
    public const string Scid = "webvh-scid";

    /// <summary>The entry is not what its hash says: it, or one before it, was changed.</summary>
    public const string EntryHash = "webvh-entry-hash";

    /// <summary>The time is not ISO 8601 in UTC.</summary>
    public const string Time = "webvh-time";

    /// <summary>The time is not after that of the entry before.</summary>
    public const string TimeOrder = "webvh-time-order";

    /// <summary>The time has not come yet.</summary>
    public const string TimeFuture = "webvh-time-future";

    /// <summary>The entry has no proof.</summary>
    public const string ProofMissing = "webvh-proof-missing";

    /// <summary>The proof is malformed, of another suite or purpose, or its signature does not hold.</summary>
    public const string Proof = "webvh-proof";

    /// <summary>The proof is by a key that may not update the DID.</summary>
    public const string KeyNotAuthorized = "webvh-key-not-authorized";

    /// <summary>An update key was not committed to by the entry before.</summary>
    public const string KeyNotCommitted = "webvh-key-not-committed";

    /// <summary>Pre-rotation is on, and the entry names no update keys or no next ones.</summary>
    public const string PreRotation = "webvh-pre-rotation";

    /// <summary>An entry follows the one that deactivated the DID.</summary>
    public const string AfterDeactivation = "webvh-after-deactivation";

    /// <summary>The document's id is no did:webvh with this SCID.</summary>
    public const string Id = "webvh-id";

    /// <summary>No entry has the id that was asked for.</summary>
    public const string OtherDid = "webvh-other-did";

    /// <summary>The DID moved and is not portable, or does not name the DID before as alsoKnownAs.</summary>
    public const string Moved = "webvh-moved";

    /// <summary>Too few of the witnesses approved the entry.</summary>
    public const string WitnessMissing = "webvh-witness-missing";

    /// <summary>The witness file is not what the method says.</summary>
    public const string WitnessFile = "webvh-witness-file";
}
