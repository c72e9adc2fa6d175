namespace Coop.Identity.Dids;

/// <summary>A DID, DID URL or DID document that is refused.</summary>
/// <param name="error">The kind, as DID Resolution names it.</param>
/// <param name="code">One of <see cref="DidCodes"/>, or a code of the keys.</param>
/// <param name="message">For people.</param>
/// <param name="inner">The cause.</param>
public sealed class DidException(DidError error, string code, string message, Exception? inner = null)
    : FormatException(message, inner)
{
    public DidError Error { get; } = error;

    /// <summary>A stable text for programs.</summary>
    public string Code { get; } = code;
}
