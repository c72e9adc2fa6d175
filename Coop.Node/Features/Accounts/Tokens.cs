using System.Security.Claims;
using Coop.Node.Hosting;
using Coop.Node.Http;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Coop.Node.Features.Accounts;

/// <summary>
/// Bearer tokens: JWT access tokens (RFC 9068) signed with ES256, for programs. Issuer and audience are both
/// the node's public address.
/// </summary>
public sealed class Tokens(NodeOptions node, TokenKey key, TimeProvider time)
{
    public const string Scheme = JwtBearerDefaults.AuthenticationScheme;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Type = "at+jwt";

    // Replicas' clocks may differ a little; for the end of a token no slack is given.
    private static readonly TimeSpan MaxClockLead = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly SigningCredentials _credentials = new(key.Security, SecurityAlgorithms.EcdsaSha256);
    private readonly string _issuer = node.Identifier;

    public string Issue(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        var now = time.GetUtcNow();
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = Type,
            Issuer = _issuer,
            Audience = _issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            SigningCredentials = _credentials,
            Subject = new ClaimsIdentity(
            [
                new(JwtRegisteredClaimNames.Jti, Guid.CreateVersion7(now).ToString("D")),
                .. Principals.Of(member, Scheme).Claims,
            ]),
        });
    }

    internal void Configure(JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new TokenCache(_handler, time));
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = _issuer,
            ValidAudience = _issuer,
            IssuerSigningKey = key.Security,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = [Type],
            NameClaimType = Principals.SubjectClaim,
            RoleClaimType = Principals.RoleClaim,
            RequireExpirationTime = true,
            LifetimeValidator = IsInTime,
        };
        options.Events = new JwtBearerEvents { OnTokenValidated = RefreshAsync, OnChallenge = Name };
    }

    private bool IsInTime(
        DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return notBefore - MaxClockLead <= now && now < expires;
    }

    /// <summary>The roles are those of now, not those of the token's issue.</summary>
    private static async Task RefreshAsync(TokenValidatedContext context)
    {
        var directory = context.HttpContext.RequestServices.GetRequiredService<MemberDirectory>();
        var member = Principals.SubjectOf(context.Principal) is { } id
            ? await directory.FindAsync(id, context.HttpContext.RequestAborted)
            : null;
        if (member is null)
        {
            context.Fail("The token's subject is no member.");
            return;
        }

        context.Principal = Principals.Of(member, Scheme);
    }

    private static Task Name(JwtBearerChallengeContext context)
    {
        if (context.AuthenticateFailure is not null)
        {
            ProblemTypes.Set(context.HttpContext, ProblemTypes.InvalidToken);
        }

        return Task.CompletedTask;
    }
}
