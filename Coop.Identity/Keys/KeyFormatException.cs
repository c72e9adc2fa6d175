namespace Coop.Identity.Keys;

/// <summary>Text or bytes that are no key. <see cref="Code"/> is one of <see cref="KeyFormatCodes"/>.</summary>
public sealed class KeyFormatException(string code, string message, Exception? inner = null)
    : FormatException(message, inner)
{
    /// <summary>A stable text for programs; the message is for people.</summary>
    public string Code { get; } = code;

    /// <summary>Whether this may be a good key, of a kind that is not known here.</summary>
    public bool IsUnsupported => Code == KeyFormatCodes.Unsupported;
}
