using System.Text;
using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Audit;

public sealed class NodeAuditTests : IDisposable
{
    private readonly Ed25519Key _otherKey = Ed25519Key.FromSeed([.. Enumerable.Repeat((byte)9, 32)]);

    private NoteKey Other => NoteKey.Create(PublishedLog.Origin, NoteKey.Ed25519Type, _otherKey.PublicKey.Span);

    [Fact]
    public async Task Trusts_TheKeyThatIsShown_WhenItKnowsNoOther()
    {
        await using var server = LogServer.Start(PublishedLog.Of(300), PublishedLog.Key.ToString());
        var audit = await RunAsync(server, null, null);
        Assert.Null(audit.Report.Finding);
        Assert.Equal((KeyTrust.FirstUse, "Test Co-op", 300), (audit.Trust, audit.Node.Name, audit.Report.EntriesChecked));
    }

    [Fact]
    public async Task Trusts_TheGivenKey_AndTheRememberedOne()
    {
        await using var server = LogServer.Start(PublishedLog.Of(3), PublishedLog.Key.ToString());
        var first = await RunAsync(server, PublishedLog.Key, null);
        Assert.Equal(KeyTrust.Given, first.Trust);
        var second = await RunAsync(server, null, first.Report.State);
        Assert.Null(second.Report.Finding);
        Assert.Equal(KeyTrust.Remembered, second.Trust);
    }

    [Fact]
    public async Task Finds_AnotherKey_EvenWhereEverythingIsSignedWithIt()
    {
        var state = (await PublishedLog.Of(3).AuditAsync()).State;
        await using var server = LogServer.Start(PublishedLog.Publish(PublishedLog.MakeEntries(3), _otherKey), Other.ToString());
        Assert.Equal(FindingCode.KeyChanged, (await RunAsync(server, null, state)).Report.Finding?.Code);
        Assert.Equal(FindingCode.KeyChanged, (await RunAsync(server, PublishedLog.Key, null)).Report.Finding?.Code);
    }

    [Fact]
    public async Task Finds_AnotherKey_BehindTheShownOne()
    {
        await using var server = LogServer.Start(PublishedLog.Publish(PublishedLog.MakeEntries(3), _otherKey), PublishedLog.Key.ToString());
        Assert.Equal(FindingCode.CheckpointSignature, (await RunAsync(server, null, null)).Report.Finding?.Code);
    }

    [Fact]
    public async Task Finds_AnotherOrigin()
    {
        await using var server = LogServer.Start(PublishedLog.Of(3), PublishedLog.Key.ToString(), "other.example/log");
        Assert.Equal(FindingCode.CheckpointOrigin, (await RunAsync(server, null, null)).Report.Finding?.Code);
    }

    [Fact]
    public async Task CannotBeMade_WhenTheGivenKeyIsNotTheRememberedOne()
    {
        var state = (await PublishedLog.Of(3).AuditAsync()).State;
        await using var server = LogServer.Start(PublishedLog.Of(3), PublishedLog.Key.ToString());
        await Assert.ThrowsAsync<AuditImpossibleException>(() => RunAsync(server, Other, state));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"name":"x","log":null}""")]
    [InlineData("""{"name":"x","log":{"origin":"o","prefix":"/log","vkey":"nonsense"}}""")]
    [InlineData("""{"name":"x","log":{"origin":"o","prefix":"http://127.0.0.1:1/log","vkey":"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"}}""")]
    [InlineData("""{"name":1,"log":{"origin":"o","prefix":"/log","vkey":"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"}}""")]
    public async Task CannotBeMade_WhenTheServerIsNoNode(string description)
    {
        await using var server = LogServer.Start((_, response) => response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(description)).AsTask());
        await Assert.ThrowsAsync<AuditImpossibleException>(() => RunAsync(server, null, null));
    }

    public void Dispose() => _otherKey.Dispose();

    private static Task<NodeAudit> RunAsync(LogServer server, NoteKey? given, AuditState? remembered) =>
        NodeAudit.RunAsync(server.Client, server.Address, given, remembered, TimeProvider.System, null, TestContext.Current.CancellationToken);
}
