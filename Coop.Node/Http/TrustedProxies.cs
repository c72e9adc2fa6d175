using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;

namespace Coop.Node.Http;

/// <summary>
/// Who asks, where reverse proxies stand in front of the node. Only what a trusted proxy says is believed:
/// anybody may send the header.
/// </summary>
public static class TrustedProxies
{
    /// <summary>Addresses (<c>10.0.0.2</c>) and networks (<c>172.16.0.0/12</c>), separated by spaces.</summary>
    public const string Key = "COOP_TRUSTED_PROXIES";

    // Whoever has an IPv6 network at home has 2^64 addresses of one network.
    private const int NetworkBytes = 8;

    /// <exception cref="FormatException">One of them is neither an address nor a network.</exception>
    public static void AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var networks = Parse(configuration[Key] ?? "");
        services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = networks.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor;
            o.KnownProxies.Clear();
            o.KnownIPNetworks.Clear();
            foreach (var network in networks)
            {
                o.KnownIPNetworks.Add(network);
            }
        });
    }

    /// <summary>The client for whom rates are counted: its IPv4 address, or the network of its IPv6 one.</summary>
    public static string ClientOf(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Connection.RemoteIpAddress is { } address ? NameOf(address) : "";
    }

    internal static string NameOf(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString(),
    };

    private static List<System.Net.IPNetwork> Parse(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item =>
            System.Net.IPNetwork.TryParse(item, out var network) ? network
            : IPAddress.TryParse(item, out var address) ? new(address, address.GetAddressBytes().Length * 8)
            : throw new FormatException($"{Key} holds {item}, which is neither an address nor a network like 10.0.0.0/8.")),
    ];
}
