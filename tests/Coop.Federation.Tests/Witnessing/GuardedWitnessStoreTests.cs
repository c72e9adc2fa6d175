using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Tests.Log.Merkle;
using Coop.Federation.Witnessing;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Witnessing;

public sealed class GuardedWitnessStoreTests : IDisposable
{
    private const string Origin = "coop.example/log";

    private readonly Ed25519Key _key = Ed25519Key.FromSeed(new byte[32]);
    private readonly Guard _guard = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task ADatabaseThatWasPutBack_IsBroughtForward()
    {
        Assert.True(await AdvanceAsync(new GuardedWitnessStore(new MemoryWitnessStore(), _guard), null, 5));
        foreach (var forgotten in new[] { new MemoryWitnessStore(), await AtAsync(3) })
        {
            var store = new GuardedWitnessStore(forgotten, _guard);
            Assert.Equal(5, (await store.FindLatestAsync(Origin, Ct))!.Size);
            Assert.False(await AdvanceAsync(store, null, 7));
            Assert.False(await AdvanceAsync(store, 3, 7));
            Assert.True(await AdvanceAsync(store, 5, 7));
            _guard.Note = Signed(5);
        }
    }

    [Fact]
    public async Task ADatabaseThatIsAhead_OfAnotherReplicasGuard_Counts()
    {
        _guard.Note = Signed(5);
        var store = new GuardedWitnessStore(await AtAsync(9), _guard);
        Assert.Equal(9, (await store.FindLatestAsync(Origin, Ct))!.Size);
    }

    [Fact]
    public async Task ADatabaseWithAnotherHistoryOfThatSize_IsNotGoneOnWith()
    {
        var other = new LogState(5, NaiveTree.Root(1, 6));
        var database = new MemoryWitnessStore();
        await database.TryAdvanceAsync(Origin, null, other, Signed(5), Ct);
        _guard.Note = Signed(5);
        var store = new GuardedWitnessStore(database, _guard);

        var latest = (await store.FindLatestAsync(Origin, Ct))!;

        Assert.True(latest.HasRoot(State(5).Root));
        Assert.False(await store.TryAdvanceAsync(Origin, latest, State(7), Signed(7), Ct));
        Assert.Equal(5, Checkpoint.Parse(_guard.Note!.Text).Size);
    }

    [Fact]
    public async Task NothingIsRecorded_BeforeTheDatabaseHasIt()
    {
        var database = new MemoryWitnessStore { BeforeAdvance = () => throw new IOException("down") };
        var store = new GuardedWitnessStore(database, _guard);
        await Assert.ThrowsAsync<IOException>(() => AdvanceAsync(store, null, 5));
        Assert.Null(_guard.Note);
        Assert.Null(await store.FindLatestAsync(Origin, Ct));
    }

    private async Task<MemoryWitnessStore> AtAsync(int size)
    {
        var store = new MemoryWitnessStore();
        await store.TryAdvanceAsync(Origin, null, State(size), Signed(size), Ct);
        return store;
    }

    private async Task<bool> AdvanceAsync(GuardedWitnessStore store, int? from, int to)
    {
        var latest = await store.FindLatestAsync(Origin, Ct);
        return latest?.Size == from && await store.TryAdvanceAsync(Origin, latest, State(to), Signed(to), Ct);
    }

    private static LogState State(int size) => new(size, NaiveTree.Root(0, size));

    private SignedNote Signed(int size) => new Checkpoint(Origin, size, NaiveTree.Root(0, size)).Sign(_key);

    private sealed class Guard : IWitnessGuard
    {
        public SignedNote? Note { get; set; }

        public Task<SignedNote?> FindAsync(string origin, CancellationToken ct) => Task.FromResult(Note);

        public Task RecordAsync(SignedNote note, CancellationToken ct)
        {
            Note = note;
            return Task.CompletedTask;
        }
    }
}
