using System.Security.Cryptography;
using System.Text;
using Coop.Identity.Keys;
using Coop.Node.Features.Accounts;
using Coop.Node.Hosting;

namespace Coop.Node.Features.Presenting;

/// <summary>
/// Ties a request to the browser that began it, by a cookie that only this node reads: whoever else gets
/// hold of the link or its id cannot fetch the session.
/// </summary>
internal static class BrowserBinding
{
    private const int SecretSizeBytes = 32;
    private const int MaxLength = 64;

    /// <summary>Gives the browser a secret; returns what is kept of it.</summary>
    public static byte[] Begin(HttpContext http, NodeOptions node)
    {
        var secret = Base64Url.Encode(RandomNumberGenerator.GetBytes(SecretSizeBytes));
        http.Response.Cookies.Append(Name(node), secret, Options(node, PresentationRequest.Lifetime));
        return Hash(secret);
    }

    public static bool IsOf(HttpContext http, NodeOptions node, PresentationRequest request) =>
        http.Request.Cookies.TryGetValue(Name(node), out var secret) && secret.Length <= MaxLength
        && CryptographicOperations.FixedTimeEquals(Hash(secret), request.BrowserHash);

    public static void End(HttpContext http, NodeOptions node) =>
        http.Response.Cookies.Delete(Name(node), Options(node, lifetime: null));

    private static string Name(NodeOptions node) => Sessions.CookieName(node) + "-presenting";

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static CookieOptions Options(NodeOptions node, TimeSpan? lifetime) => new()
    {
        Path = "/",
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = node.PublicUrl.Scheme == Uri.UriSchemeHttps,
        MaxAge = lifetime,
    };
}
