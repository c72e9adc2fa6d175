using System.Text.Json.Nodes;
using Coop.Federation.Claims;

namespace Coop.Federation.Tests.Claims;

public sealed class ClaimRuleTests
{
    [Theory]
    [InlineData(ClaimKind.Membership)]
    [InlineData(ClaimKind.Standing)]
    [InlineData(ClaimKind.Skill)]
    [InlineData(ClaimKind.TradeReference)]
    [InlineData(ClaimKind.Certification)]
    public void Takes_EveryKind(ClaimKind kind) => Require(Samples.Claim(kind));

    [Fact]
    public void Refuses_WhenItIsNotBetweenTheTwo()
    {
        Assert.Equal(StatementCodes.Parties, CodeOf(Samples.Claim() with { From = Samples.Receiver.Did }));
        Assert.Equal(StatementCodes.Parties, CodeOf(Samples.Claim() with { To = Samples.Sender.Did }));
    }

    [Fact]
    public void Refuses_WhenAConsentIsMissing_OrThereNeedBeNone()
    {
        Assert.Equal(StatementCodes.Consent, CodeOf(Samples.Claim(ClaimKind.Membership) with { Consent = null }));
        Assert.Equal(StatementCodes.Consent, CodeOf(Samples.Claim() with { Consent = Samples.Id }));
    }

    [Fact]
    public void Refuses_WhenTheTermsAreOver_OrTooLong_OrFromTheFuture()
    {
        var claim = Samples.Claim();
        Assert.Equal(StatementCodes.Terms, CodeOf(Until(claim, Samples.Now)));
        Assert.Equal(StatementCodes.Terms, CodeOf(Until(claim, Samples.Now + ClaimTerms.MaxRetention + TimeSpan.FromHours(1))));
        Assert.Equal(StatementCodes.Terms, CodeOf(claim with { SentAt = Samples.Now.AddHours(1) }));
    }

    [Fact]
    public void Refuses_ACredentialOfAnotherIssuerTypeOrSubject()
    {
        Assert.Equal(StatementCodes.Credential, CodeOf(With("issuer", Samples.Receiver.Did)));
        Assert.Equal(StatementCodes.Credential, CodeOf(With("issuer", new JsonArray())));
        Assert.Equal(StatementCodes.Credential, CodeOf(With("type", new JsonArray("VerifiableCredential", "RoleCredential"))));
        Assert.Equal(StatementCodes.Credential, CodeOf(With("type", null)));
        Assert.Equal(
            StatementCodes.Credential, CodeOf(With("credentialSubject", new JsonObject { ["id"] = Samples.Receiver.Did })));
    }

    private static ClaimEnvelope Until(ClaimEnvelope claim, DateTimeOffset until) =>
        claim with { Terms = claim.Terms with { RetainUntil = until } };

    private static ClaimEnvelope With(string member, JsonNode? value)
    {
        var claim = Samples.Claim();
        claim.Credential[member] = value;
        return claim;
    }

    private static string CodeOf(ClaimEnvelope claim) => Assert.Throws<StatementException>(() => Require(claim)).Code;

    private static void Require(ClaimEnvelope claim) =>
        ClaimRule.Require(claim, Samples.Sender.Did, Samples.Receiver.Did, Samples.Now);
}
