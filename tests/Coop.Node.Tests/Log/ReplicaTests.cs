using Coop.Node.Log;
using Coop.Testing;
using static Coop.Node.Tests.Log.TestLog;

namespace Coop.Node.Tests.Log;

public sealed class ReplicaTests : IDisposable
{
    private readonly DirectoryInfo _first = Directory.CreateTempSubdirectory("coop-replica-");
    private readonly DirectoryInfo _second = Directory.CreateTempSubdirectory("coop-replica-");

    public void Dispose()
    {
        _first.Delete(recursive: true);
        _second.Delete(recursive: true);
    }

    [Theory]
    [InlineData(SequencerStep.BatchPrepared)]
    [InlineData(SequencerStep.HeadMoved)]
    [InlineData(SequencerStep.EntriesWritten)]
    [InlineData(SequencerStep.BatchCommitted)]
    [InlineData(SequencerStep.CheckpointSigned)]
    [InlineData(SequencerStep.SigningRecorded)]
    public async Task ALeaderThatSleptThroughItsLeaseChangesNothing(SequencerStep step)
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        var stalled = new StalledSequencer(step);
        await using var leader = await StartAsync(database, _first, stalled);
        ShareKeys();
        var ids = (await AppendAsync(leader, 30)).ToList();
        await stalled.Reached;

        // A head row that the stalled transaction has locked can only be taken once that transaction is
        // gone; a real server notices the dead connection, here it is woken.
        await using var follower = await StartAsync(database, _second);
        if (step is SequencerStep.HeadMoved or SequencerStep.EntriesWritten)
        {
            stalled.WakeUp();
        }

        ids.AddRange(await AppendAsync(follower, 30));
        await WaitForSizeAsync(follower, 60);
        stalled.WakeUp();
        ids.AddRange(await AppendAsync(leader, 30));
        await WaitForSizeAsync(follower, 90);

        var entries = await VerifyAsync(follower);
        Assert.Equal(ids.Order(), entries.Select(e => e.Id).Order());
        Assert.Equal(entries.Select(e => e.Id), (await VerifyAsync(leader)).Select(e => e.Id));
    }

    [Fact]
    public async Task AReplicaFollows_WhileAnotherLeads_AndLeadsWhenItStops()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        // A lease that does not run out within any test: only giving it back lets the other lead.
        var patient = Quick with { Lease = TimeSpan.FromHours(1) };
        var leader = await StartAsync(database, _first, options: patient);
        await WaitForRoleAsync(leader, SequencerStatus.Role.Leading);
        ShareKeys();
        await using var follower = await StartAsync(database, _second, options: patient);
        await WaitForRoleAsync(follower, SequencerStatus.Role.Following);

        await AppendAsync(follower, 3);
        await WaitForSizeAsync(follower, 3);
        Assert.Equal(await GetAsync(leader, "checkpoint"), await GetAsync(follower, "checkpoint"));

        await leader.DisposeAsync();
        await WaitForRoleAsync(follower, SequencerStatus.Role.Leading);
        await AppendAsync(follower, 2);
        await WaitForSizeAsync(follower, 5);
        Assert.Equal(5, (await VerifyAsync(follower)).Count);
    }

    [Fact]
    public async Task AReplicaWithAnotherKeyDoesNotStart()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var first = await StartAsync(database, _first);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(database, _second));
        Assert.Contains("copy the folder", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheOriginStays_WhenTheAddressChanges()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using (var node = await StartAsync(database, _first))
        {
            await AppendAsync(node);
            await WaitForSizeAsync(node, 1);
        }

        await using var moved = await StartAsync(
            database, _first, arguments: ["--COOP_PUBLIC_URL=https://acorn.example"]);
        await AppendAsync(moved);
        await WaitForSizeAsync(moved, 2);
        Assert.All(await VerifyAsync(moved), e => Assert.Equal("localhost:5080/log", e.Origin));
    }

    private void ShareKeys()
    {
        var keys = Directory.CreateDirectory(Path.Combine(_second.FullName, "keys"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_first.FullName, "keys")))
        {
            File.Copy(file, Path.Combine(keys.FullName, Path.GetFileName(file)));
        }
    }
}
