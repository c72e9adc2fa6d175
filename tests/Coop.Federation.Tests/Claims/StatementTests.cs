using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Identity.Json;

namespace Coop.Federation.Tests.Claims;

public sealed class StatementTests
{
    [Fact]
    public void Claim_ReadsBackAsItWas()
    {
        var signed = Samples.Signed(Samples.Claim());

        var read = ClaimEnvelope.Read(Statement.Parse(CanonicalJson.Serialize(signed)));

        Assert.True(JsonNode.DeepEquals(Samples.Claim().ToJson(), Statement.WithoutProofs(read.ToJson())));
        Statement.Verify(signed, Samples.Sender.Key.Public);
    }

    [Fact]
    public void Hash_StaysTheSame_WhenItIsSignedAgain()
    {
        var body = Samples.Claim().ToJson();
        var later = Statement.SignWithCredential(body, Samples.Receiver.Id, Samples.Receiver.Key, Samples.Now.AddDays(1));

        Assert.Equal(Statement.Hash(body), Statement.Hash(Samples.Sign(body)));
        Assert.Equal(Statement.Hash(body), Statement.Hash(later));
    }

    [Fact]
    public void Hash_ChangesWithEveryMember()
    {
        var body = Samples.Claim().ToJson();
        foreach (var (name, _) in body)
        {
            var changed = body.DeepClone().AsObject();
            changed[name] = "other";
            Assert.NotEqual(Statement.Hash(body), Statement.Hash(changed));
        }
    }

    [Fact]
    public void Refuses_WhenAnybodyElseSigned()
    {
        var signed = Samples.Signed(Samples.Claim());

        Assert.Equal(
            StatementCodes.Proof,
            Assert.Throws<StatementException>(() => Statement.Verify(signed, Samples.Receiver.Key.Public)).Code);
        Assert.Equal(
            StatementCodes.Proof,
            Assert.Throws<StatementException>(() => Statement.KeyIdOf(signed, Samples.Receiver.Did)).Code);
        signed["purpose"] = "something else";
        Assert.Throws<StatementException>(() => Statement.Verify(signed, Samples.Sender.Key.Public));
    }

    [Fact]
    public void Refuses_WhatIsTooLargeOrTooDeep()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", Statement.MaxDepth + 1)) + "1" + new string('}', Statement.MaxDepth + 1);
        var deepest = string.Concat(Enumerable.Repeat("{\"a\":", Statement.MaxDepth)) + "1" + new string('}', Statement.MaxDepth);
        var large = $"{{\"a\":\"{new string('x', Statement.MaxSizeBytes)}\"}}";

        Assert.Throws<StatementException>(() => Statement.Parse(Encoding.UTF8.GetBytes(deep)));
        Assert.Throws<StatementException>(() => Statement.Parse(Encoding.UTF8.GetBytes(large)));
        Assert.NotNull(Statement.Parse(Encoding.UTF8.GetBytes(deepest)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":1}x")]
    public void Refuses_WhatIsNoObject(string text) =>
        Assert.Equal(
            StatementCodes.Malformed,
            Assert.Throws<StatementException>(() => Statement.Parse(Encoding.UTF8.GetBytes(text))).Code);

    [Fact]
    public void Refuses_AClaimThatLacksOrAddsAMember()
    {
        var signed = Samples.Signed(Samples.Claim());
        foreach (var name in signed.Select(m => m.Key).ToList())
        {
            var less = signed.DeepClone().AsObject();
            less.Remove(name);
            Assert.Throws<StatementException>(() => ClaimEnvelope.Read(less));
            var wrong = signed.DeepClone().AsObject();
            wrong[name] = new JsonArray();
            Assert.True(name == "proof" || Throws(wrong), name);
        }

        signed["more"] = 1;
        Assert.Throws<StatementException>(() => ClaimEnvelope.Read(signed));
    }

    [Theory]
    [InlineData("id", "0198A0B0-0000-7000-8000-000000000001")]
    [InlineData("id", "{0198a0b0-0000-7000-8000-000000000001}")]
    [InlineData("sentAt", "2026-11-23T02:00:00.5Z")]
    [InlineData("sentAt", "2026-11-23T02:00:00+00:00")]
    [InlineData("kind", "role")]
    [InlineData("type", "claim-receipt")]
    public void Refuses_OtherSpellings(string name, string value)
    {
        var signed = Samples.Signed(Samples.Claim());
        signed[name] = value;
        Assert.Equal(StatementCodes.Malformed, Assert.Throws<StatementException>(() => ClaimEnvelope.Read(signed)).Code);
    }

    [Theory]
    [InlineData(NoticeType.ClaimReceipt)]
    [InlineData(NoticeType.ClaimWithdrawal)]
    [InlineData(NoticeType.ClaimWithdrawalReceipt)]
    [InlineData(NoticeType.Erasure)]
    [InlineData(NoticeType.ErasureConfirmation)]
    public void Notice_ReadsBack_AsItsTypeAlone(NoticeType type)
    {
        var hash = new byte[32];
        var notice = new Notice(type, Samples.Id, hash, Samples.Sender.Did, Samples.Receiver.Did, Samples.Now, null);
        var signed = Statement.Sign(notice.ToJson(), Samples.Sender.Id, Samples.Sender.Key, Samples.Now);

        Notice.Read(signed, type).Require(Samples.Sender.Did, Samples.Receiver.Did, Samples.Id, hash);
        foreach (var other in Enum.GetValues<NoticeType>().Where(t => t != type))
        {
            Assert.Throws<StatementException>(() => Notice.Read(signed, other));
        }

        hash = [.. hash];
        hash[0] = 1;
        Assert.Throws<StatementException>(
            () => Notice.Read(signed, type).Require(Samples.Sender.Did, Samples.Receiver.Did, Samples.Id, hash));
        Assert.Throws<StatementException>(
            () => Notice.Read(signed, type).RequireParties(Samples.Receiver.Did, Samples.Sender.Did));
    }

    private static bool Throws(JsonObject json)
    {
        try
        {
            ClaimEnvelope.Read(json);
            return false;
        }
        catch (StatementException)
        {
            return true;
        }
    }
}
