namespace Coop.Federation.Audit;

/// <summary>The first fault of a log, by position.</summary>
/// <param name="Code">What kind.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="Entry">The entry at fault, or the first of the range that holds it; null where no entry is meant.</param>
/// <param name="LastEntry">The last entry of that range; equal to <paramref name="Entry"/> when it is exact.</param>
/// <param name="File">The log's file in which it shows, e.g. <c>tile/0/000</c>.</param>
public sealed record Finding(
    FindingCode Code, string Detail, long? Entry = null, long? LastEntry = null, string? File = null)
{
    /// <summary>A finding about exactly one entry.</summary>
    public static Finding At(long entry, FindingCode code, string detail, string? file = null) =>
        new(code, detail, entry, entry, file);
}
