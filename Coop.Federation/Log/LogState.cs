using System.Globalization;

namespace Coop.Federation.Log;

/// <summary>A state of the log, as a checkpoint names it.</summary>
/// <param name="Size">Number of entries.</param>
/// <param name="Root">RFC 6962 tree root, 32 bytes.</param>
public sealed record LogState(long Size, byte[] Root)
{
    public bool HasRoot(ReadOnlySpan<byte> root) => Root.AsSpan().SequenceEqual(root);

    /// <summary>Size and root in one word, e.g. <c>0:47DEQpj8…=</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Size}:{Convert.ToBase64String(Root)}");
}
