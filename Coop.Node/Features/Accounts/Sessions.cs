using System.Globalization;
using Coop.Node.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Coop.Node.Features.Accounts;

/// <summary>
/// The browser's session: a cookie that names the member, checked against the member's row on every
/// request (see <see cref="MemberDirectory"/> for how fresh).
/// </summary>
internal static class Sessions
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    /// <summary>A session ends when it was not used for this long.</summary>
    public static readonly TimeSpan MaxIdle = TimeSpan.FromHours(12);

    /// <summary>And in any case this long after the passkey was shown.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    /// <summary>The prefix makes browsers insist on Secure, on this very host, on the path /.</summary>
    public const string HttpsCookieName = "__Host-coop";

    private const string SignedInAt = "signed-in-at";

    public static string CookieName(NodeOptions node) => IsHttps(node) ? HttpsCookieName : "coop";

    public static void Configure(CookieAuthenticationOptions options, NodeOptions node)
    {
        options.Cookie.Name = CookieName(node);
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = IsHttps(node) ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        options.ExpireTimeSpan = MaxIdle;
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = Challenge;
        options.Events.OnRedirectToAccessDenied = Forbid;
    }

    /// <summary>Begins a session in the answer of this request.</summary>
    public static Task BeginAsync(HttpContext http, Member member, DateTimeOffset now) =>
        http.SignInAsync(Scheme, Principals.Of(member, Scheme), Begun(now));

    /// <summary>What a session that begins now says of itself.</summary>
    internal static AuthenticationProperties Begun(DateTimeOffset now)
    {
        var properties = new AuthenticationProperties { IsPersistent = true };
        properties.Items[SignedInAt] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return properties;
    }

    private static bool IsHttps(NodeOptions node) => node.PublicUrl.Scheme == Uri.UriSchemeHttps;

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var directory = services.GetRequiredService<MemberDirectory>();
        var member = Principals.SubjectOf(context.Principal) is { } id && IsYoung(context.Properties, now)
            ? await directory.FindAsync(id, context.HttpContext.RequestAborted)
            : null;
        if (member is null)
        {
            context.RejectPrincipal();
            return;
        }

        context.ReplacePrincipal(Principals.Of(member, Scheme));
    }

    private static bool IsYoung(AuthenticationProperties properties, DateTimeOffset now) =>
        properties.Items.TryGetValue(SignedInAt, out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && now - DateTimeOffset.FromUnixTimeSeconds(seconds) < MaxAge;

    private static Task Challenge(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        // RFC 9110 wants a challenge; a passkey has no scheme of its own.
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private static Task Forbid(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
