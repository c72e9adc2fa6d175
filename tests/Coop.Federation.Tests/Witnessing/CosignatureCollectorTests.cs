using System.Text;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Tests.Log.Merkle;
using Coop.Federation.Witnessing;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Witnessing;

public sealed class CosignatureCollectorTests : IDisposable
{
    private const string Origin = "coop.example/log";

    private readonly Ed25519Key _logKey = Ed25519Key.FromSeed([.. Enumerable.Repeat((byte)1, 32)]);
    private readonly Ed25519Key _witnessKey = Ed25519Key.FromSeed([.. Enumerable.Repeat((byte)2, 32)]);
    private readonly FixedTime _time = new(new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly Witness _witness;
    private readonly PolicyWitness _listed;

    public CosignatureCollectorTests()
    {
        var store = new MemoryWitnessStore(NoteKey.Create(Origin, NoteKey.Ed25519Type, _logKey.PublicKey.Span));
        _witness = new Witness("w.example/witness", _witnessKey, store, _time);
        _listed = new PolicyWitness("w", _witness.Vkey, "https://w.example/witness");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _logKey.Dispose();
        _witnessKey.Dispose();
    }

    [Fact]
    public async Task CollectsFromAWitnessThatIsNew_ThatIsBehind_AndThatIsThere()
    {
        var requests = 0;
        var collector = Collector((body, ct) =>
        {
            requests++;
            return HonestAsync(body, ct);
        });
        foreach (var size in new[] { 3, 4, 9, 9, 256 })
        {
            var outcome = await collector.AskAsync(_listed, Signed(size), Ct);
            Assert.Equal(CosignatureResult.Cosigned, outcome.Result);
            Assert.NotNull(Cosignature.Time(Signed(size) with { Signatures = [outcome.Cosignature!] }, _listed.Key));
        }

        Assert.Equal(5, requests);

        // A log that was started anew has forgotten where the witness is; it is told.
        var another = Collector(HonestAsync);
        Assert.Equal(CosignatureResult.Cosigned, (await another.AskAsync(_listed, Signed(256), Ct)).Result);
    }

    [Fact]
    public async Task AsksOnceForACheckpoint_AndPausesAfterAFailure()
    {
        var isUp = false;
        var collector = Collector((body, ct) => isUp ? HonestAsync(body, ct) : throw new HttpRequestException("down"));
        Assert.Equal(CosignatureResult.NoAnswer, (await collector.CollectAsync(Signed(3), [_listed], Ct)).Single().Result);
        isUp = true;
        Assert.Empty(await collector.CollectAsync(Signed(3), [_listed], Ct));
        _time.Now += TimeSpan.FromSeconds(1);
        Assert.Single(await collector.CollectAsync(Signed(3), [_listed], Ct));
        Assert.Empty(await collector.CollectAsync(Signed(3), [_listed], Ct));
        Assert.Single(await collector.CollectAsync(Signed(4), [_listed], Ct));
    }

    [Fact]
    public async Task PausesLonger_EachTimeItFails_AndNeverLongerThanItsLimit()
    {
        var collector = Collector((_, _) => throw new HttpRequestException("down"));
        var pause = TimeSpan.FromSeconds(1);
        for (var i = 0; i < 40; i++)
        {
            Assert.Single(await collector.CollectAsync(Signed(3), [_listed], Ct));
            _time.Now += pause - TimeSpan.FromMilliseconds(1);
            Assert.False(collector.IsDue(_listed, Signed(4)));
            _time.Now += TimeSpan.FromMilliseconds(1);
            pause = pause * 2 < TimeSpan.FromMinutes(5) ? pause * 2 : TimeSpan.FromMinutes(5);
        }
    }

    [Fact]
    public async Task GivesUpOnAWitnessThatDoesNotAnswer()
    {
        var collector = Collector(
            async (_, ct) =>
            {
                await Task.Delay(Timeout.Infinite, ct);
                throw new InvalidOperationException();
            },
            new CollectorOptions { Timeout = TimeSpan.FromMilliseconds(20) });
        Assert.Equal(CosignatureResult.NoAnswer, (await collector.AskAsync(_listed, Signed(3), Ct)).Result);
    }

    [Theory]
    [InlineData(409, "text/x.tlog.size", "12\n", CosignatureResult.Ahead)]
    [InlineData(409, "text/x.tlog.size", "9223372036854775807\n", CosignatureResult.Ahead)]
    [InlineData(409, "text/x.tlog.size", "5\n", CosignatureResult.Refused)]
    [InlineData(409, "text/x.tlog.size", "12", CosignatureResult.OtherHistory)]
    [InlineData(409, "text/x.tlog.size", "-1\n", CosignatureResult.OtherHistory)]
    [InlineData(409, "text/plain", "12\n", CosignatureResult.OtherHistory)]
    [InlineData(409, null, "", CosignatureResult.OtherHistory)]
    [InlineData(422, "text/plain", "no\n", CosignatureResult.OtherHistory)]
    [InlineData(404, "text/plain", "no\n", CosignatureResult.Refused)]
    [InlineData(500, null, "", CosignatureResult.Refused)]
    [InlineData(200, "text/plain", "", CosignatureResult.Refused)]
    [InlineData(200, "text/plain", "thank you\n", CosignatureResult.Refused)]
    public async Task UnderstandsWhatAWitnessMayAnswer(int status, string? type, string body, CosignatureResult result)
    {
        var collector = Collector((_, _) => Task.FromResult(new WitnessReply(status, type, Encoding.UTF8.GetBytes(body))));
        Assert.Equal(result, (await collector.AskAsync(_listed, Signed(9), Ct)).Result);
    }

    [Fact]
    public async Task TakesNoCosignatureButTheWitnessesOwn_OnThisCheckpoint()
    {
        using var stranger = Ed25519Key.Generate();
        var own = Cosignature.Sign(Signed(9).Text, _listed.Key.Name, _witnessKey, _time.Now);
        var onAnother = Cosignature.Sign(Signed(8).Text, _listed.Key.Name, _witnessKey, _time.Now);
        var foreign = Cosignature.Sign(Signed(9).Text, "other.example/w", stranger, _time.Now);
        Assert.Equal(CosignatureResult.Cosigned, await ResultAsync(foreign, own, foreign));
        Assert.Equal(CosignatureResult.Refused, await ResultAsync(foreign));
        Assert.Equal(CosignatureResult.Refused, await ResultAsync(onAnother));
        Assert.Equal(CosignatureResult.Refused, await ResultAsync([.. Enumerable.Repeat(own, 65)]));
    }

    [Fact]
    public async Task OneThatFailsDoesNotKeepTheOthersFromCosigning()
    {
        using var deadKey = Ed25519Key.Generate();
        var dead = new PolicyWitness("dead", NoteKey.Create("d.example/w", NoteKey.CosignatureType, deadKey.PublicKey.Span), null);
        var collector = new CosignatureCollector(
            new Client((witness, body, ct) => witness == dead ? throw new IOException("dead") : HonestAsync(body, ct)),
            ProveAsync, new CollectorOptions(), _time);
        var outcomes = await collector.CollectAsync(Signed(9), [dead, _listed], Ct);
        Assert.Equal([CosignatureResult.NoAnswer, CosignatureResult.Cosigned], outcomes.Select(o => o.Result));
    }

    private async Task<CosignatureResult> ResultAsync(params NoteSignature[] lines)
    {
        var reply = new WitnessReply(200, "text/plain", Encoding.UTF8.GetBytes(SignatureLines.Encode(lines)));
        return (await Collector((_, _) => Task.FromResult(reply)).AskAsync(_listed, Signed(9), Ct)).Result;
    }

    private CosignatureCollector Collector(
        Func<ReadOnlyMemory<byte>, CancellationToken, Task<WitnessReply>> answer, CollectorOptions? options = null) =>
        new(new Client((_, body, ct) => answer(body, ct)), ProveAsync, options ?? new CollectorOptions(), _time);

    private async Task<WitnessReply> HonestAsync(ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var answer = await _witness.AddCheckpointAsync(body, ct);
        return new WitnessReply(answer.Status, answer.ContentType, Encoding.UTF8.GetBytes(answer.Body));
    }

    private static Task<IReadOnlyList<byte[]>> ProveAsync(long old, long size, CancellationToken ct) =>
        Task.FromResult(Proofs.Consistency(old, size, NaiveTree.Subtree));

    private SignedNote Signed(int size) => new Checkpoint(Origin, size, NaiveTree.Root(0, size)).Sign(_logKey);

    private sealed class Client(
        Func<PolicyWitness, ReadOnlyMemory<byte>, CancellationToken, Task<WitnessReply>> answer) : IWitnessClient
    {
        public Task<WitnessReply> AddCheckpointAsync(PolicyWitness witness, ReadOnlyMemory<byte> body, CancellationToken ct) =>
            answer(witness, body, ct);
    }
}
