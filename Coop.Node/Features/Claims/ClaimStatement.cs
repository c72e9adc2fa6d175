using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Node.Features.Credentials;
using Coop.Node.Http;

namespace Coop.Node.Features.Claims;

/// <summary>What a secretary wants to claim; checked in form, not yet against the facts.</summary>
/// <param name="Kind">What is claimed.</param>
/// <param name="Attests">The skill, the trade or the scheme; empty where the kind says all.</param>
/// <param name="OfMember">What is to be attested of a member; null for claims about the co-op.</param>
/// <param name="OfCoop">The claims about the co-op, but for its name and the day; null for those about a member.</param>
internal sealed record ClaimStatement(
    ClaimKind Kind, string Attests, CredentialStatement? OfMember, JsonObject? OfCoop)
{
    private const int MaxLength = 200;
    private const int MaxWordsLength = 2000;
    private const int MaxNumberLength = 100;

    /// <exception cref="RefusalException">A field is missing, out of range, or does not belong to the kind.</exception>
    public static ClaimStatement Parse(SendClaim.Request request)
    {
        var statement = request.Kind switch
        {
            ClaimKind.TradeReference => OfTrade(request),
            ClaimKind.Certification => OfCertification(request),
            _ => Member(request),
        };
        return ClaimKinds.IsAboutMember(request.Kind) == request.MemberId is not null
            ? statement
            : throw Fields.Invalid("memberId", "is given exactly if the claim is about a member.");
    }

    private static ClaimStatement Member(SendClaim.Request request)
    {
        Without(request.TradesIn, request.TradingSince, request.Reference);
        Without(request.Scheme, request.CertifiedBy, request.CertificateNumber, request.CertifiedUntil);
        var kind = request.Kind switch
        {
            ClaimKind.Membership => CredentialKind.Membership,
            ClaimKind.Standing => CredentialKind.Standing,
            _ => CredentialKind.Skill,
        };
        var statement = CredentialStatement.Parse(kind, null, null, request.Skill, request.Level, request.Words);
        return new(request.Kind, statement.Attests, statement, null);
    }

    private static ClaimStatement OfTrade(SendClaim.Request request)
    {
        Without(request.Skill, request.Level, request.Words);
        Without(request.Scheme, request.CertifiedBy, request.CertificateNumber, request.CertifiedUntil);
        var trade = Fields.Text(request.TradesIn, "tradesIn", 1, MaxLength);
        var claims = new JsonObject { ["tradesIn"] = trade };
        Add(claims, "tradingSince", Day(request.TradingSince, "tradingSince"));
        Add(claims, "reference", Fields.OptionalText(request.Reference, "reference", MaxWordsLength));
        return new(request.Kind, trade, null, claims);
    }

    private static ClaimStatement OfCertification(SendClaim.Request request)
    {
        Without(request.Skill, request.Level, request.Words);
        Without(request.TradesIn, request.TradingSince, request.Reference);
        var scheme = Fields.Text(request.Scheme, "scheme", 1, MaxLength);
        var claims = new JsonObject
        {
            ["scheme"] = scheme,
            ["certifiedBy"] = Fields.Text(request.CertifiedBy, "certifiedBy", 1, MaxLength),
        };
        Add(claims, "certificateNumber", Fields.OptionalText(request.CertificateNumber, "certificateNumber", MaxNumberLength));
        Add(claims, "certifiedUntil", Day(request.CertifiedUntil, "certifiedUntil"));
        return new(request.Kind, scheme, null, claims);
    }

    private static void Add(JsonObject claims, string name, string? value)
    {
        if (value is not null)
        {
            claims[name] = value;
        }
    }

    private static string? Day(string? value, string field) =>
        value is null ? null
        : DateOnly.TryParseExact(value, "yyyy-MM-dd", out _) ? value
        : throw Fields.Invalid(field, "must be a day, written 2026-11-23.");

    private static void Without(params ReadOnlySpan<string?> values)
    {
        foreach (var value in values)
        {
            if (value is not null)
            {
                throw Fields.Invalid("kind", "does not go with a field that belongs to another kind.");
            }
        }
    }
}
