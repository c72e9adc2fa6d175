using System.Text;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Tests.Log.Merkle;
using Coop.Federation.Witnessing;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Witnessing;

public sealed class WitnessTests : IDisposable
{
    private const string Origin = "coop.example/log";
    private const string Name = "witness.example/witness";

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly Ed25519Key _logKey = Ed25519Key.FromSeed([.. Enumerable.Repeat((byte)1, 32)]);
    private readonly Ed25519Key _witnessKey = Ed25519Key.FromSeed([.. Enumerable.Repeat((byte)2, 32)]);
    private readonly MemoryWitnessStore _store;
    private readonly Witness _witness;

    public WitnessTests()
    {
        _store = new MemoryWitnessStore(NoteKey.Create(Origin, NoteKey.Ed25519Type, _logKey.PublicKey.Span));
        _witness = new Witness(Name, _witnessKey, _store, new FixedTime(Noon));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _logKey.Dispose();
        _witnessKey.Dispose();
    }

    [Fact]
    public async Task Cosigns_EveryStepOfAGrowingLog()
    {
        var sizes = new[] { 0, 0, 1, 2, 2, 3, 7, 8, 9, 64, 200, 256 };
        var old = 0;
        foreach (var size in sizes)
        {
            var answer = await _witness.AddCheckpointAsync(Request(old, size), Ct);
            Assert.Equal((WitnessVerdict.Cosigned, 200), (answer.Verdict, answer.Status));
            var note = Signed(size) with { Signatures = SignatureLines.Parse(Encoding.UTF8.GetBytes(answer.Body)) };
            Assert.Equal(Noon.ToUnixTimeSeconds(), Cosignature.Time(note, _witness.Vkey));
            Assert.Equal(Signed(size).ToString(), _store.Note!.ToString());
            old = size;
        }
    }

    [Fact]
    public async Task Cosigns_EveryPairOfSizes()
    {
        for (var old = 0; old <= 24; old++)
        {
            for (var size = old; size <= 24; size++)
            {
                var witness = new Witness(Name, _witnessKey, FreshStore(), TimeProvider.System);
                Assert.Equal(200, (await witness.AddCheckpointAsync(Request(0, old), Ct)).Status);
                Assert.Equal(200, (await witness.AddCheckpointAsync(Request(old, size), Ct)).Status);
            }
        }
    }

    [Fact]
    public async Task Answers404_ToAnotherOrigin()
    {
        var note = new Checkpoint("other.example/log", 3, NaiveTree.Root(0, 3)).Sign(_logKey);
        await AssertAsync(WitnessVerdict.UnknownOrigin, 404, 0, [], note);
    }

    [Fact]
    public async Task Answers403_WhenNoTrustedKeySigned()
    {
        using var stranger = Ed25519Key.Generate();
        var good = Signed(3);
        var forged = good.Signatures[0] with { Bytes = stranger.Sign(Encoding.UTF8.GetBytes(good.Text)) };
        var foreign = new Checkpoint(Origin, 3, NaiveTree.Root(0, 3)).Sign(stranger).Signatures[0];
        await AssertAsync(WitnessVerdict.NotSigned, 403, 0, [], good with { Signatures = [forged] });
        await AssertAsync(WitnessVerdict.NotSigned, 403, 0, [], good with { Signatures = [foreign] });

        // A signature that claims the key and fails spoils the note, whatever stands beside it.
        await AssertAsync(WitnessVerdict.NotSigned, 403, 0, [], good with { Signatures = [good.Signatures[0], forged] });
        await AssertAsync(WitnessVerdict.NotSigned, 403, 0, [], Signed(4) with { Signatures = good.Signatures });
    }

    [Fact]
    public async Task IgnoresSignaturesOfOthers_AndDoesNotKeepThem()
    {
        using var stranger = Ed25519Key.Generate();
        var foreign = Cosignature.Sign(Signed(3).Text, "other.example/w", stranger, Noon);
        var note = Signed(3) with { Signatures = [foreign, .. Signed(3).Signatures, foreign] };
        var answer = await AssertAsync(WitnessVerdict.Cosigned, 200, 0, [], note);
        Assert.Equal(Signed(3).ToString(), _store.Note!.ToString());
        Assert.Equal(Signed(3).ToString(), answer.Submitted!.ToString());
    }

    [Fact]
    public async Task Answers400_WhenTheOldSizeIsGreater() =>
        Assert.NotNull((await AssertAsync(WitnessVerdict.OldSizeTooLarge, 400, 4, [], Signed(3))).Submitted);

    [Fact]
    public async Task Answers409WithTheSize_WhenTheOldSizeIsNotTheLatest()
    {
        await AssertStaleAsync(0, old: 2, size: 3);
        await AssertAsync(WitnessVerdict.Cosigned, 200, 0, [], Signed(5));
        await AssertStaleAsync(5, old: 0, size: 7);
        await AssertStaleAsync(5, old: 3, size: 4);
        await AssertStaleAsync(5, old: 6, size: 7);
    }

    [Fact]
    public async Task Answers422_WhenTheProofDoesNotLeadThere()
    {
        await AssertAsync(WitnessVerdict.NotConsistent, 422, 0, [new byte[32]], Signed(5));
        await AssertAsync(WitnessVerdict.Cosigned, 200, 0, [], Signed(5));
        await AssertAsync(WitnessVerdict.NotConsistent, 422, 5, [], Signed(9));
        await AssertAsync(WitnessVerdict.NotConsistent, 422, 5, [.. Proof(5, 9), new byte[32]], Signed(9));
        await AssertAsync(WitnessVerdict.NotConsistent, 422, 5, Proof(4, 9), Signed(9));
        await AssertAsync(WitnessVerdict.NotConsistent, 422, 5, Proof(5, 9), Signed(9, root: 1));
        await AssertAsync(WitnessVerdict.NotConsistent, 422, 5, [new byte[32]], Signed(5));
        for (var i = 0; i < Proof(5, 9).Count; i++)
        {
            var proof = Proof(5, 9).Select(h => h.ToArray()).ToArray();
            proof[i][7] ^= 1;
            await AssertAsync(WitnessVerdict.NotConsistent, 422, 5, proof, Signed(9));
        }

        await AssertAsync(WitnessVerdict.Cosigned, 200, 5, Proof(5, 9), Signed(9));
    }

    [Fact]
    public async Task Answers422_WhenAnEmptyTreeHasAnotherRoot()
    {
        await AssertAsync(WitnessVerdict.NotConsistent, 422, 0, [], Signed(0, root: 1));
        Assert.Null(await _store.FindLatestAsync(Origin, Ct));
    }

    [Fact]
    public async Task Answers409WithoutASize_WhenTheSameSizeHasAnotherRoot()
    {
        await AssertAsync(WitnessVerdict.Cosigned, 200, 0, [], Signed(5));
        var answer = await AssertAsync(WitnessVerdict.OtherRoot, 409, 5, [], Signed(5, root: 1));
        Assert.NotEqual(WitnessAnswer.SizeType, answer.ContentType);
        Assert.Equal(Signed(5, root: 1).ToString(), answer.Submitted!.ToString());
        Assert.True((await _store.FindLatestAsync(Origin, Ct))!.HasRoot(NaiveTree.Root(0, 5)));
    }

    [Fact]
    public async Task OneOfTwoThatRaceIsCosigned_AndTheOtherIsToldWhereItIs()
    {
        await AssertAsync(WitnessVerdict.Cosigned, 200, 0, [], Signed(5));
        var both = new TaskCompletionSource();
        var waiting = 0;
        _store.BeforeAdvance = () =>
        {
            if (Interlocked.Increment(ref waiting) == 2)
            {
                both.SetResult();
            }

            return both.Task;
        };
        var answers = await Task.WhenAll(
            Task.Run(() => _witness.AddCheckpointAsync(Request(5, 9), Ct), Ct),
            Task.Run(() => _witness.AddCheckpointAsync(Request(5, 7), Ct), Ct));
        Assert.Equal([200, 409], answers.Select(a => a.Status).Order());
        var size = (await _store.FindLatestAsync(Origin, Ct))!.Size;
        Assert.Equal($"{size}\n", answers.Single(a => a.Status == 409).Body);
    }

    [Fact]
    public async Task RemembersWhatItNeverAnswered_WhenItDiesBetweenRecordAndReply()
    {
        _store.AfterAdvance = () => throw new IOException("The witness dies.");
        await Assert.ThrowsAsync<IOException>(() => _witness.AddCheckpointAsync(Request(0, 5), Ct));
        _store.AfterAdvance = () => Task.CompletedTask;

        // The log asks again from what it knows, is told the size, and goes on from there, replay included.
        await AssertStaleAsync(5, old: 0, size: 5);
        await AssertAsync(WitnessVerdict.OtherRoot, 409, 5, [], Signed(5, root: 1));
        await AssertAsync(WitnessVerdict.Cosigned, 200, 5, [], Signed(5));
    }

    [Fact]
    public async Task SaysNothing_WhenItDiesBeforeTheRecord()
    {
        _store.BeforeAdvance = () => throw new IOException("The witness dies.");
        await Assert.ThrowsAsync<IOException>(() => _witness.AddCheckpointAsync(Request(0, 5), Ct));
        Assert.Null(await _store.FindLatestAsync(Origin, Ct));
    }

    [Fact]
    public async Task Answers400_ToEveryDamagedBody()
    {
        foreach (var body in BodySamples.Damaged(Signed(9), Proof(5, 9)))
        {
            var answer = await _witness.AddCheckpointAsync(body, Ct);
            Assert.True(answer.Verdict == WitnessVerdict.Malformed && answer.Status == 400, Encoding.Latin1.GetString(body));
            Assert.Null(answer.Submitted);
        }

        Assert.Null(await _store.FindLatestAsync(Origin, Ct));
    }

    [Fact]
    public async Task TakesSizesUpTo2To63()
    {
        var note = new Checkpoint(Origin, long.MaxValue, new byte[32]).Sign(_logKey);
        await AssertAsync(WitnessVerdict.Cosigned, 200, 0, [], note);
        await AssertStaleAsync(long.MaxValue, old: 0, size: 5);
        await AssertAsync(WitnessVerdict.Cosigned, 200, long.MaxValue, [], note);
    }

    [Fact]
    public async Task NeverThrows_AtBytesChangedAtRandom()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 3_000; i++)
        {
            var body = Request(0, 9);
            for (var change = 0; change <= i % 3; change++)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var status = (await _witness.AddCheckpointAsync(body, Ct)).Status;
            Assert.True(status is 200 or 400 or 403 or 404 or 409 or 422, $"{status}, seed {seed}");
        }
    }

    private MemoryWitnessStore FreshStore() => new(NoteKey.Create(Origin, NoteKey.Ed25519Type, _logKey.PublicKey.Span));

    private async Task AssertStaleAsync(long latest, long old, int size)
    {
        var answer = await AssertAsync(WitnessVerdict.Stale, 409, old, [], Signed(size));
        Assert.Equal(("text/x.tlog.size", $"{latest}\n"), (answer.ContentType, answer.Body));
    }

    private async Task<WitnessAnswer> AssertAsync(
        WitnessVerdict verdict, int status, long old, IReadOnlyList<byte[]> proof, SignedNote note)
    {
        var answer = await _witness.AddCheckpointAsync(AddCheckpointRequest.Create(old, proof, note).Encode(), Ct);
        Assert.Equal((verdict, status), (answer.Verdict, answer.Status));
        return answer;
    }

    private byte[] Request(int old, int size) => AddCheckpointRequest.Create(old, Proof(old, size), Signed(size)).Encode();

    private static IReadOnlyList<byte[]> Proof(int old, int size) => Proofs.Consistency(old, size, NaiveTree.Subtree);

    private SignedNote Signed(int size, byte root = 0) => new Checkpoint(
        Origin, size, root == 0 ? NaiveTree.Root(0, size) : new byte[32]).Sign(_logKey);
}
