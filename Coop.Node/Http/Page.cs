namespace Coop.Node.Http;

/// <summary>A part of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="NextCursor">Asks for the next part; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Makes pages out of what a store read.</summary>
public static class Page
{
    /// <param name="rows">Up to <paramref name="size"/> + 1 rows; one too many shows that there is more.</param>
    /// <param name="size">The size of the page.</param>
    /// <param name="key">The sort key of a row, from which the cursor is made.</param>
    /// <param name="item">The row as the API shows it.</param>
    public static Page<TItem> Of<TRow, TItem>(
        IReadOnlyList<TRow> rows, int size, Func<TRow, string> key, Func<TRow, TItem> item)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(key);
        var next = rows.Count > size ? Cursor.Encode(key(rows[size - 1])) : null;
        return new Page<TItem>([.. rows.Take(size).Select(item)], next);
    }

    /// <summary>As the other, for lists in the order of their ids.</summary>
    public static Page<TItem> Of<TRow, TItem>(
        IReadOnlyList<TRow> rows, int size, Func<TRow, Guid> id, Func<TRow, TItem> item) =>
        Of(rows, size, row => id(row).ToString("D"), item);
}
