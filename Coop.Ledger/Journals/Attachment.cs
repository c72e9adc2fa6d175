using System.Diagnostics.CodeAnalysis;

namespace Coop.Ledger.Journals;

/// <summary>A document that a journal rests on, by its SHA-256: 32 bytes, as text 64 lower-case hexadecimal digits.</summary>
public readonly record struct Attachment
{
    /// <summary>Of the hash.</summary>
    public const int SizeBytes = 32;

    private Attachment(string hash) => Hash = hash;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hash => field ?? throw new InvalidOperationException("An attachment was never set.");

    public static bool TryParse([NotNullWhen(true)] string? text, out Attachment attachment)
    {
        var valid = text is { Length: 2 * SizeBytes } && text.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');
        attachment = valid ? new Attachment(text!) : default;
        return valid;
    }

    /// <summary>Hashes one after another, as the database keeps them; null for none.</summary>
    internal static byte[]? Pack(IReadOnlyList<Attachment> attachments) =>
        attachments.Count == 0 ? null : [.. attachments.SelectMany(a => Convert.FromHexString(a.Hash))];

    /// <summary>What <see cref="Pack"/> made.</summary>
    public static IReadOnlyList<Attachment> Unpack(byte[]? packed) =>
        packed is null ? [] : [.. packed.Chunk(SizeBytes).Select(hash => new Attachment(Convert.ToHexStringLower(hash)))];

    public override string ToString() => Hash;
}
