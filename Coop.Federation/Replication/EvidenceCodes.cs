namespace Coop.Federation.Replication;

/// <summary>Why evidence is not believed; listed in specs/evidence.md.</summary>
public static class EvidenceCodes
{
    /// <summary>It is not JSON of this form, or larger than it may be.</summary>
    public const string Malformed = "evidence-malformed";

    /// <summary>A checkpoint is of another log than the key.</summary>
    public const string Origin = "evidence-origin";

    /// <summary>The key did not sign one of the checkpoints.</summary>
    public const string Signature = "evidence-signature";

    /// <summary>The hashes do not compose to the root of the larger checkpoint.</summary>
    public const string Hashes = "evidence-hashes";

    /// <summary>The two checkpoints fit together: they prove nothing.</summary>
    public const string Consistent = "evidence-consistent";
}
