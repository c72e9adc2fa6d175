namespace Coop.Identity.Net;

/// <summary>An outgoing request that has no answer.</summary>
public sealed class OutboundException(OutboundError error, string message, Exception? inner = null)
    : IOException(message, inner)
{
    public OutboundError Error { get; } = error;
}
