namespace Coop.Node.Http;

/// <summary>
/// Endpoints that web pages of others may call: wallets in browsers. They take no cookie, so that nobody's
/// session is lent to another page; the policy also lets them past <see cref="OwnOrigin"/>.
/// </summary>
public static class OtherOrigins
{
    public const string Policy = "other-origins";

    private static readonly TimeSpan PreflightMaxAge = TimeSpan.FromMinutes(10);

    public static void AddOtherOrigins(this IServiceCollection services) =>
        services.AddCors(o => o.AddPolicy(Policy, policy => policy
            .AllowAnyOrigin()
            .WithMethods("GET", "POST")
            .WithHeaders("authorization", "content-type")
            .SetPreflightMaxAge(PreflightMaxAge)));
}
