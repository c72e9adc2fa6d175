using System.Net;
using Coop.Federation.Audit;

namespace Coop.Node.Cli;

/// <summary>How an audit reaches nodes.</summary>
internal static class AuditHttp
{
    private const int ConnectTimeoutSeconds = 10;

    /// <summary>A client without redirects: what is audited is the address that was named.</summary>
    public static HttpClient Create() =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(ConnectTimeoutSeconds),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    /// <exception cref="AuditImpossibleException">It is not the address of a node.</exception>
    public static Uri Address(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new AuditImpossibleException($"\"{url}\" is not the address of a node; write it as http://host or https://host.");
}
