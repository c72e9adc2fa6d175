using System.Globalization;
using System.Text;

namespace Coop.Federation.Log.Tiles;

/// <summary>
/// The name of a tile (C2SP tlog-tiles): <c>tile/L/N[.p/W]</c>, or of an entry bundle:
/// <c>tile/entries/N[.p/W]</c>, with N as groups of three digits, <c>x001/x234/067</c>.
/// </summary>
/// <param name="Level">0 to 63, or <see cref="Entries"/>.</param>
/// <param name="Index">The tile's number within its level, 0 or more.</param>
/// <param name="Width">Hashes or entries in it, 1 to 256; 256 is a full tile.</param>
public readonly record struct TilePath(int Level, long Index, int Width)
{
    /// <summary>Hashes in a full tile, entries in a full bundle.</summary>
    public const int FullWidth = 256;

    /// <summary>The level number that stands for entry bundles.</summary>
    public const int Entries = -1;

    /// <summary>2^63 leaves need 8 levels; the format allows 63.</summary>
    public const int MaxLevel = 63;

    public bool IsFull => Width == FullWidth;

    /// <summary>The first and the last leaf that the tile covers.</summary>
    public (long First, long Last) Leaves
    {
        get
        {
            var each = 1L << (8 * Math.Max(Level, 0));
            return (Index * FullWidth * each, (((Index * FullWidth) + Width) * each) - 1);
        }
    }

    /// <summary>The tiles' width at the right edge: floor(size / 256^level) mod 256; 0 where none is partial.</summary>
    public static int PartialWidth(int level, long size) =>
        level >= 8 ? 0 : (int)((size >> (8 * level)) % FullWidth);

    /// <summary>The number of full tiles of a level in a tree of that size.</summary>
    public static long FullTiles(int level, long size) => level >= 7 ? 0 : size >> (8 * (level + 1));

    /// <summary>The tile of that level and index in a tree of that size, with its width there; null when empty.</summary>
    public static TilePath? In(long size, int level, long index)
    {
        var hashLevel = Math.Max(level, 0);
        var full = FullTiles(hashLevel, size);
        if (index < full)
        {
            return new TilePath(level, index, FullWidth);
        }

        var width = PartialWidth(hashLevel, size);
        return index == full && width > 0 ? new TilePath(level, index, width) : null;
    }

    public override string ToString()
    {
        var path = new StringBuilder("tile/");
        path.Append(Level == Entries ? "entries" : Level.ToString(CultureInfo.InvariantCulture)).Append('/');
        AppendIndex(path, Index);
        return IsFull ? path.ToString() : path.Append(CultureInfo.InvariantCulture, $".p/{Width}").ToString();
    }

    /// <summary>Reads a path in its one canonical spelling.</summary>
    public static bool TryParse(string? text, out TilePath path)
    {
        path = default;
        var parts = text?.Split('/') ?? [];
        if (parts.Length is < 3 or > 16 || parts[0] != "tile" || !TryLevel(parts[1], out var level))
        {
            return false;
        }

        var width = FullWidth;
        var indexParts = parts[2..];
        if (indexParts.Length >= 2 && indexParts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!TryNumber(indexParts[^1], 3, out width) || width is < 1 or >= FullWidth)
            {
                return false;
            }

            indexParts = [.. indexParts[..^2], indexParts[^2][..^2]];
        }

        if (!TryIndex(indexParts, out var index))
        {
            return false;
        }

        path = new TilePath(level, index, width);
        return path.ToString() == text;
    }

    private static bool TryLevel(string text, out int level)
    {
        level = Entries;
        return text == "entries" || (TryNumber(text, 2, out level) && level <= MaxLevel);
    }

    // Six groups of three digits hold every index below 10^18.
    private static bool TryIndex(string[] groups, out long index)
    {
        index = 0;
        if (groups.Length is < 1 or > 6)
        {
            return false;
        }

        for (var i = 0; i < groups.Length; i++)
        {
            var group = groups[i];
            var digits = i < groups.Length - 1 && group.StartsWith('x') ? group[1..] : group;
            if (digits.Length != 3 || !TryNumber(digits, 3, out var value))
            {
                return false;
            }

            index = (index * 1000) + value;
        }

        return true;
    }

    private static bool TryNumber(string text, int maxDigits, out int value)
    {
        value = 0;
        return text.Length <= maxDigits && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static void AppendIndex(StringBuilder path, long index)
    {
        if (index >= 1000)
        {
            AppendGroups(path, index / 1000);
        }

        path.Append(CultureInfo.InvariantCulture, $"{index % 1000:000}");
    }

    private static void AppendGroups(StringBuilder path, long index)
    {
        if (index >= 1000)
        {
            AppendGroups(path, index / 1000);
        }

        path.Append(CultureInfo.InvariantCulture, $"x{index % 1000:000}/");
    }
}
