using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Identity.Keys;
using Coop.Node.Federation.Witnessing;
using Coop.Node.Log;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Coop.Node.Tests.Log.TestLog;

namespace Coop.Node.Tests.Federation.Witnessing;

/// <summary>What a node does at its next start when it, its guard, or both are not what they were.</summary>
public sealed class SeenByPeersTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("coop-seen-");
    private readonly FakePeers _peers = new();
    private TestDatabase _database = null!;
    private SignedNote? _seen;
    private bool _isUp = true;

    public SeenByPeersTests() => _peers.Seeing.Add(new SeeingPeer("Acorn", _ => _isUp
        ? Task.FromResult(_seen)
        : throw new HttpRequestException("Acorn is away.")));

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateMigratedAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Waits_WhenTheGuardIsMissing_UntilEverybodyHasAnswered()
    {
        await GrowAsync(3);
        File.Delete(GuardFile);
        _isUp = false;
        await using var node = await StartNodeAsync();
        await WaitForReasonAsync(node, SequencerStatus.Role.Troubled, "Acorn");
        await AppendAsync(node);
        Assert.Equal(3, (await CheckpointAsync(node)).Size);

        _isUp = true;
        await WaitForSizeAsync(node, 4);
    }

    [Fact]
    public async Task Waits_WhenTheGuardWasPutBackFromACopy_AndIsTrustedAfterwards()
    {
        await GrowAsync(3);
        await RestoreGuardAsync();
        _isUp = false;
        await using (var waiting = await StartNodeAsync())
        {
            await WaitForReasonAsync(waiting, SequencerStatus.Role.Troubled, "Acorn");
        }

        // Still in doubt at the next start: nobody has confirmed anything.
        await using (var node = await StartNodeAsync())
        {
            await WaitForReasonAsync(node, SequencerStatus.Role.Troubled, "Acorn");
            _isUp = true;
            await WaitForRoleAsync(node, SequencerStatus.Role.Leading);
        }

        _isUp = false;
        await GrowAsync(5);
    }

    [Fact]
    public async Task Refuses_WhenAPeerShowsALaterCheckpoint_AlsoAtLaterStarts_UntilTheOperatorAcceptsTheState()
    {
        await GrowAsync(3);
        await RestoreGuardAsync();
        _seen = await SignAsync(9);
        string accept;
        await using (var node = await StartNodeAsync())
        {
            var reason = await WaitForReasonAsync(node, SequencerStatus.Role.Halted, "Acorn has a checkpoint of 9 entries");
            accept = reason[reason.IndexOf("COOP_LOG_ACCEPT_HEAD=", StringComparison.Ordinal)..];
            await AppendAsync(node);
            Assert.Equal(3, (await CheckpointAsync(node)).Size);
        }

        // It is remembered when the peer is away.
        _isUp = false;
        await using (var node = await StartNodeAsync())
        {
            await WaitForRoleAsync(node, SequencerStatus.Role.Halted);
        }

        _isUp = true;
        await using (var node = await StartNodeAsync("--" + accept))
        {
            await WaitForSizeAsync(node, 4);
            Assert.Equal(SeenVerdict.Nothing, await CompareAsync(node));
        }

        // What was given up is shown again, and stops nothing any more.
        await GrowAsync(6);
    }

    [Fact]
    public async Task Halts_WhenALaterCheckpointIsShownWhileItRuns()
    {
        await using var node = await StartNodeAsync();
        await AppendAsync(node, 3);
        await WaitForSizeAsync(node, 3);
        _seen = await SignAsync(9);
        Assert.Equal(SeenVerdict.Later, await CompareAsync(node));
        await WaitForReasonAsync(node, SequencerStatus.Role.Halted, "9 entries");
    }

    [Fact]
    public async Task Halts_WhenAPeerThatWasAwayAtTheStartShowsMoreLater()
    {
        await GrowAsync(3);
        _isUp = false;
        await using var node = await StartNodeAsync();
        await WaitForRoleAsync(node, SequencerStatus.Role.Leading);
        _seen = await SignAsync(9);
        _isUp = true;
        await WaitForReasonAsync(node, SequencerStatus.Role.Halted, "Acorn has a checkpoint of 9 entries");
    }

    [Fact]
    public async Task Halts_WhenAnotherHistoryOfItsOwnIsShown()
    {
        await using var node = await StartNodeAsync();
        await AppendAsync(node, 5);
        await WaitForSizeAsync(node, 5);
        _seen = await SignAsync(3);
        Assert.Equal(SeenVerdict.Different, await CompareAsync(node));
        await WaitForReasonAsync(node, SequencerStatus.Role.Halted, "history was changed");
    }

    [Fact]
    public async Task RemembersAnotherHistoryThatWasShown_WhenItIsStartedAgainAndNobodyAnswers_UntilTheOperatorAccepts()
    {
        await GrowAsync(5);
        string head;
        await using (var node = await StartNodeAsync())
        {
            _seen = await SignAsync(3);
            await CompareAsync(node);
            await WaitForRoleAsync(node, SequencerStatus.Role.Halted);
            var checkpoint = await CheckpointAsync(node);
            head = $"{checkpoint.Size}:{Convert.ToBase64String(checkpoint.Root.Span)}";
        }

        _isUp = false;
        await using (var node = await StartNodeAsync())
        {
            await WaitForReasonAsync(node, SequencerStatus.Role.Halted, "Acorn has a checkpoint of 3 entries");
        }

        await using (var node = await StartNodeAsync("--COOP_LOG_ACCEPT_HEAD=" + head))
        {
            await WaitForRoleAsync(node, SequencerStatus.Role.Leading);
        }

        _isUp = true;
        await GrowAsync(6);
    }

    [Fact]
    public async Task AnAcceptedStart_GivesUpWhatWasSignedBefore_AndNoMore()
    {
        await GrowAsync(3);
        _seen = await SignAsync(9);
        string accept;
        await using (var node = await StartNodeAsync())
        {
            var reason = await WaitForReasonAsync(node, SequencerStatus.Role.Halted, "9 entries");
            accept = reason[reason.IndexOf("COOP_LOG_ACCEPT_HEAD=", StringComparison.Ordinal)..];
        }

        await using (var node = await StartNodeAsync("--" + accept))
        {
            await WaitForRoleAsync(node, SequencerStatus.Role.Leading);
            _seen = await SignAsync(7);
            Assert.Equal(SeenVerdict.Nothing, await CompareAsync(node));
            _seen = await SignAsync(10);
            Assert.Equal(SeenVerdict.Later, await CompareAsync(node));
            await WaitForReasonAsync(node, SequencerStatus.Role.Halted, "10 entries");
        }
    }

    [Fact]
    public async Task GoesOn_AtAnOrdinaryStart_WhateverIsShown_ButByItsOwnKeyAndInItsOwnHistory()
    {
        await GrowAsync(3);
        using var stranger = Ed25519Key.Generate();
        _seen = new Checkpoint("localhost:5080/log", 9, new byte[TreeHash.SizeBytes]).Sign(stranger);
        await GrowAsync(5);
        await using var node = await StartNodeAsync();
        _seen = SignedNote.Parse(await GetAsync(node, "checkpoint"));
        Assert.Equal(SeenVerdict.Contained, await CompareAsync(node));
        await AppendAsync(node);
        await WaitForSizeAsync(node, 6);
    }

    private string GuardFile => Path.Combine(_data.FullName, SigningGuard.FileName);

    private Task<SeenVerdict> CompareAsync(TestNode node) =>
        node.Services.GetRequiredService<NodeLog>().CompareAsync(_seen!, "Acorn", Ct);

    private Task<TestNode> StartNodeAsync(params string[] arguments) => StartAsync(
        _database, _data, options: Quick with { ConfirmInterval = TimeSpan.FromMilliseconds(20) },
        arguments: arguments, configure: b => _peers.AddTo(b.Services));

    private async Task GrowAsync(int size)
    {
        await using var node = await StartNodeAsync();
        var now = (int)(await WaitForSizeAsync(node, 0)).Size;
        await AppendAsync(node, size - now);
        await WaitForSizeAsync(node, size);
    }

    private async Task RestoreGuardAsync()
    {
        File.Copy(GuardFile, GuardFile + ".copy");
        File.Delete(GuardFile);
        await Task.Delay(20, Ct);
        File.Move(GuardFile + ".copy", GuardFile);
    }

    private Task<SignedNote> SignAsync(long size)
    {
        using var key = KeyFiles.Log(Path.Combine(_data.FullName, "keys"));
        return Task.FromResult(new Checkpoint("localhost:5080/log", size, new byte[TreeHash.SizeBytes]).Sign(key));
    }

    private static async Task<string> WaitForReasonAsync(TestNode node, SequencerStatus.Role role, string reason)
    {
        var status = node.Services.GetRequiredService<SequencerStatus>();
        await EventuallyAsync(() => Task.FromResult(
            status.Now.Role == role && status.Now.Reason?.Contains(reason, StringComparison.Ordinal) == true));
        return status.Now.Reason!;
    }
}
