namespace Coop.Identity.Dids.WebVh;

/// <summary>One entry breaks a rule; <see cref="WebVhVerifier"/> answers it as a <see cref="WebVhFault"/>.</summary>
internal sealed class WebVhException(string code, string message, Exception? inner = null)
    : FormatException(message, inner)
{
    public string Code { get; } = code;
}
