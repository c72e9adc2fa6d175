using System.Collections.Concurrent;
using Coop.Node.Database;

namespace Coop.Node.Tests.Database;

public sealed class GroupCommitTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatArrivesDuringAWrite_IsWrittenTogether_InOrder()
    {
        using var writer = new Writer();
        var groups = writer.Groups(maxGroupSize: 3);
        var first = groups.SubmitAsync(("a", 0));
        await writer.StartedAsync();
        var others = Enumerable.Range(1, 5).Select(i => groups.SubmitAsync(($"k{i}", i))).ToList();
        writer.Finish();
        await writer.StartedAsync();
        writer.Finish();
        await writer.StartedAsync();
        writer.Finish();

        Assert.Equal("a0", await first.WaitAsync(Ct));
        Assert.Equal(["k11", "k22", "k33", "k44", "k55"], await Task.WhenAll(others).WaitAsync(Ct));
        Assert.Equal([1, 3, 2], writer.Sizes);
    }

    [Fact]
    public async Task OneKey_IsOnceInAGroup_AndKeepsItsOrder()
    {
        using var writer = new Writer();
        var groups = writer.Groups(maxGroupSize: 10);
        var first = groups.SubmitAsync(("a", 0));
        await writer.StartedAsync();
        var later = new[] { ("x", 1), ("x", 2), ("y", 3), ("x", 4) }.Select(groups.SubmitAsync).ToList();
        for (var i = 0; i < 3; i++)
        {
            writer.Finish();
            await writer.StartedAsync();
        }

        writer.Finish();
        await Task.WhenAll([first, .. later]).WaitAsync(Ct);
        Assert.Equal(["a0", "x1", "y3", "x2", "x4"], writer.Written);
        Assert.Equal([1, 2, 1, 1], writer.Sizes);
    }

    [Fact]
    public async Task AFailedGroup_FailsItsOwn_AndNobodyElse()
    {
        using var writer = new Writer();
        var groups = writer.Groups(maxGroupSize: 10);
        var first = groups.SubmitAsync(("a", 0));
        await writer.StartedAsync();
        var second = groups.SubmitAsync(("b", 1));
        writer.Fail(new InvalidDataException());
        await writer.StartedAsync();
        writer.Finish();

        await Assert.ThrowsAsync<InvalidDataException>(() => first.WaitAsync(Ct));
        Assert.Equal("b1", await second.WaitAsync(Ct));
    }

    [Fact]
    public async Task ManyAtOnce_AreEachWrittenOnce()
    {
        var written = new ConcurrentBag<int>();
        var groups = new GroupCommit<int, int, int>(
            async items =>
            {
                await Task.Yield();
                foreach (var item in items)
                {
                    written.Add(item);
                }

                return [.. items.Select(i => -i)];
            },
            item => item % 7,
            maxGroupSize: 5);

        var items = Enumerable.Range(1, 500).ToList();
        var answers = await Task.WhenAll(items.Select(i => Task.Run(() => groups.SubmitAsync(i))));

        Assert.Equal(items.Select(i => -i), answers);
        Assert.Equal(items, written.Order());
    }

    /// <summary>Writes when told to, so that the test decides what arrives meanwhile.</summary>
    private sealed class Writer : IDisposable
    {
        private readonly SemaphoreSlim _started = new(0);
        private readonly SemaphoreSlim _finish = new(0);
        private Exception? _failure;

        public List<int> Sizes { get; } = [];

        public List<string> Written { get; } = [];

        public GroupCommit<(string Key, int Value), string, string> Groups(int maxGroupSize) =>
            new(WriteAsync, item => item.Key, maxGroupSize);

        public void Dispose()
        {
            _started.Dispose();
            _finish.Dispose();
        }

        public Task StartedAsync() => _started.WaitAsync(Ct);

        public void Finish() => _finish.Release();

        public void Fail(Exception failure)
        {
            _failure = failure;
            Finish();
        }

        private async Task<IReadOnlyList<string>> WriteAsync(
            IReadOnlyList<(string Key, int Value)> items)
        {
            Sizes.Add(items.Count);
            _started.Release();
            await _finish.WaitAsync(Ct);
            if (Interlocked.Exchange(ref _failure, null) is { } failure)
            {
                throw failure;
            }

            var results = items.Select(i => $"{i.Key}{i.Value}").ToList();
            Written.AddRange(results);
            return results;
        }
    }
}
