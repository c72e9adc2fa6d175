namespace Coop.Identity.Net;

/// <summary>Why an outgoing request has no answer.</summary>
public enum OutboundError
{
    /// <summary>The address is not one that this node may fetch from.</summary>
    Refused,

    /// <summary>Nobody answered, or not in HTTP.</summary>
    Unreachable,

    /// <summary>It took longer than was allowed.</summary>
    TooSlow,

    /// <summary>The body is larger than was allowed, after decompression.</summary>
    TooLarge,

    /// <summary>Too many redirects, or in a circle.</summary>
    TooManyRedirects,
}
