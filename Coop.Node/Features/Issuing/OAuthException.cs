namespace Coop.Node.Features.Issuing;

/// <summary>A refusal in the words of OAuth 2.0 (RFC 6749, section 5.2) and of the protocols built on it.</summary>
/// <param name="error">The code that the protocol defines.</param>
/// <param name="description">For developers; ASCII without quotes and backslashes.</param>
/// <param name="status">The HTTP status.</param>
public sealed class OAuthException(string error, string description, int status = StatusCodes.Status400BadRequest)
    : Exception(description)
{
    public string Error { get; } = error;

    public int Status { get; } = status;
}
