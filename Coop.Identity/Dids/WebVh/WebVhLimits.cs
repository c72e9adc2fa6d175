namespace Coop.Identity.Dids.WebVh;

/// <summary>What a history may be at most; beyond, it is refused before it costs more.</summary>
public static class WebVhLimits
{
    public const int MaxLogSizeBytes = 4 * 1024 * 1024;
    public const int MaxEntries = 4096;
    public const int MaxLineSizeBytes = 256 * 1024;
    public const int MaxWitnessFileSizeBytes = 4 * 1024 * 1024;

    /// <summary>Versions that the witness file speaks of.</summary>
    public const int MaxWitnessEntries = 4096;

    /// <summary>Proofs in the whole witness file.</summary>
    public const int MaxWitnessProofs = 8192;

    /// <summary>Proofs of one entry.</summary>
    public const int MaxEntryProofs = 16;

    /// <summary>Update keys, key hashes, witnesses or watchers in one list.</summary>
    public const int MaxListLength = 64;

    /// <summary>How far another machine's clock may be ahead of this one.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);
}
