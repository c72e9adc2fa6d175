namespace Coop.Identity.Credentials;

/// <summary>
/// A credential, presentation or status list that is refused. <see cref="Code"/> is one of
/// <see cref="CredentialCodes"/>.
/// </summary>
/// <param name="code">For programs; stable.</param>
/// <param name="message">For people.</param>
/// <param name="inner">The cause.</param>
public sealed class CredentialException(string code, string message, Exception? inner = null)
    : FormatException(message, inner)
{
    public string Code { get; } = code;

    /// <summary>Whether it may be good, but is of a kind that is not known here.</summary>
    public bool IsUnsupported { get; init; }

    /// <summary>It may be good, but is of a kind that is not known here.</summary>
    public static CredentialException Unsupported(string code, string message) =>
        new(code, message) { IsUnsupported = true };
}
