using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Http;

/// <summary>Which part of a list is asked for; bound with <c>[AsParameters]</c>.</summary>
/// <param name="Limit">How many items at most: 1 to 200, 50 when left out.</param>
/// <param name="Cursor">The <c>nextCursor</c> of the page before; left out for the first page.</param>
public sealed record PageQuery(
    [FromQuery(Name = "limit")] int? Limit,
    [FromQuery(Name = "cursor")] string? Cursor)
{
    internal const string LimitText = "How many items at most: 1 to 200, 50 when left out.";
    internal const string CursorText = "The nextCursor of the page before; left out for the first page.";

    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>How many items the page has at most. A store asks for one more, to know of a next page.</summary>
    public int Size() => (int)Fields.Range(Limit ?? DefaultLimit, "limit", 1, MaxLimit);

    /// <summary>The id that the page follows, for lists in the order of their ids; null for the first page.</summary>
    public Guid? AfterId() => After() switch
    {
        null => null,
        { } text when Guid.TryParseExact(text, "D", out var id) => id,
        _ => throw Http.Cursor.Refusal(),
    };

    /// <summary>The text that was made into the cursor; null for the first page.</summary>
    public string? After() => Cursor is null ? null : Http.Cursor.Decode(Cursor);
}
