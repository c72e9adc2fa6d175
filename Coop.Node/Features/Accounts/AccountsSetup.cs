using Coop.Node.Hosting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Coop.Node.Features.Accounts;

/// <summary>Passkeys, sessions and tokens.</summary>
public static class AccountsSetup
{
    /// <summary>Where the keys lie that seal cookies and ceremonies, under the key folder.</summary>
    public const string SealFolder = "seals";

    private const string Either = "cookie-or-token";

    public static void AddAccounts(
        this IServiceCollection services, NodeOptions node, AccountOptions accounts)
    {
        ArgumentNullException.ThrowIfNull(node);
        services.AddSingleton(accounts);
        services.AddSingleton(_ => TokenKey.Open(node));
        services.AddSingleton<Tokens>();
        services.AddSingleton<MemberDirectory>();
        services.AddSingleton<Ceremonies>();
        services.AddHostedService<CeremonySweeper>();
        services.AddSingleton<FirstAdministrator>();
        services.AddHostedService(p => p.GetRequiredService<FirstAdministrator>());
        services.AddPasskeys(node, accounts);
        services.AddSessions(node);
    }

    private static void AddPasskeys(
        this IServiceCollection services, NodeOptions node, AccountOptions accounts)
    {
        services.AddIdentityCore<Member>().AddUserStore<MemberUserStore>();
        services.AddScoped<IPasskeyHandler<Member>, PasskeyHandler<Member>>();
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            o.ServerDomain = node.RelyingPartyId;
            o.UserVerificationRequirement = "required";
            o.ResidentKeyRequirement = "required";
            o.AttestationConveyancePreference = "none";
            o.AuthenticatorTimeout = Ceremonies.Lifetime;
            o.ValidateOrigin = c => ValueTask.FromResult(
                accounts.Origins.AllowsCeremony(c.Origin, c.CrossOrigin, c.TopOrigin));
        });
    }

    private static void AddSessions(this IServiceCollection services, NodeOptions node)
    {
        // The folder's mode is what protects these keys; the warning about it would greet every first start.
        services.AddLogging(o => o.AddFilter(
            "Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        PrivateFolder.Ensure(node.KeyFolder);
        services.AddDataProtection()
            .SetApplicationName("coop")
            .PersistKeysToFileSystem(PrivateFolder.Ensure(Path.Combine(node.KeyFolder, SealFolder)));
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, displayName: null, o => o.ForwardDefaultSelector = Choose)
            .AddCookie(Sessions.Scheme)
            .AddJwtBearer(Tokens.Scheme);
        services.AddOptions<CookieAuthenticationOptions>(Sessions.Scheme)
            .Configure(o => Sessions.Configure(o, node));
        services.AddOptions<JwtBearerOptions>(Tokens.Scheme)
            .Configure<Tokens>((o, tokens) => tokens.Configure(o));
        services.AddAuthorizationBuilder().SetFallbackPolicy(Undeclared());
    }

    private static string Choose(HttpContext http) =>
        http.Request.Headers.Authorization.Count > 0 ? Tokens.Scheme : Sessions.Scheme;

    /// <summary>
    /// An endpoint that says nothing about who may use it is closed to all. Routing's own endpoints (405, 415)
    /// and addresses without an endpoint (404) only say no, which everybody may hear.
    /// </summary>
    private static AuthorizationPolicy Undeclared() => new AuthorizationPolicyBuilder()
        .RequireAssertion(c => (c.Resource as HttpContext)?.GetEndpoint() is not RouteEndpoint)
        .Build();
}
