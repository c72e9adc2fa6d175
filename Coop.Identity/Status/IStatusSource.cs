namespace Coop.Identity.Status;

/// <summary>Fetches published status lists. Thread-safe; answers every failure as a value.</summary>
public interface IStatusSource
{
    /// <param name="uri">The list.</param>
    /// <param name="kind">What the list should be, for the Accept header.</param>
    /// <param name="ct">Ends the waiting; then, and only then, it throws.</param>
    Task<StatusListAnswer> FetchAsync(Uri uri, Credentials.StatusListKind kind, CancellationToken ct);
}

/// <summary>What was fetched: a text, or why there is none.</summary>
/// <param name="Text">The list as it was sent; null where there is none.</param>
/// <param name="Error">One sentence for people; null where there is a text.</param>
public sealed record StatusListAnswer(string? Text, string? Error)
{
    /// <summary>The longest text that is looked at, in characters: a packed list within a JWT.</summary>
    public const int MaxLength = Packing.MaxTextLength / 3 * 4 + 16 * 1024;

    public static StatusListAnswer Of(string text) => new(text, null);

    public static StatusListAnswer Failed(string error) => new(null, error);
}
