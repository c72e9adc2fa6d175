using System.Net;

namespace Coop.Identity.Net;

/// <summary>What an operator allows outgoing requests; by default https to public addresses alone.</summary>
public sealed record OutboundOptions
{
    /// <summary>Also http. For development and tests.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Also private, loopback and link-local addresses. For development, tests and closed networks.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Finds the addresses of a host; the system's resolver unless a test replaces it.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> FindAddresses { get; init; } =
        (host, ct) => Dns.GetHostAddressesAsync(host, ct);
}
