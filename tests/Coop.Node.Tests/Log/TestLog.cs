using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;
using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Log;
using Coop.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Coop.Node.Tests.Log;

/// <summary>What tests of the log do to a node, and how they check the whole of what it serves.</summary>
internal static class TestLog
{
    /// <summary>Far beyond what any test needs, so that only a stuck node reaches it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A sequencer that does not make a test wait.</summary>
    public static SequencerOptions Quick { get; } = new()
    {
        Lease = TimeSpan.FromSeconds(2),
        FollowInterval = TimeSpan.FromMilliseconds(50),
        PollInterval = TimeSpan.FromMilliseconds(20),
        Pace = TimeSpan.FromMilliseconds(5),
        RetryInterval = TimeSpan.FromMilliseconds(20),
    };

    public static Task<TestNode> StartAsync(
        TestDatabase? database = null,
        DirectoryInfo? data = null,
        ISequencerObserver? observer = null,
        SequencerOptions? options = null,
        IReadOnlyList<string>? arguments = null,
        Action<WebApplicationBuilder>? configure = null) =>
        TestNode.StartAsync(
            builder =>
            {
                RemoveFirstAdministrator(builder.Services);
                SilentIdentity.AddTo(builder.Services);
                builder.Services.AddSingleton(options ?? Quick);
                if (observer is not null)
                {
                    builder.Services.AddSingleton(observer);
                }

                configure?.Invoke(builder);
            },
            database: database,
            arguments: [.. data is null ? [] : new[] { $"--COOP_DATA={data.FullName}" }, .. arguments ?? []]);

    /// <summary>Without its offer of a first link, the log holds what the test writes and nothing else.</summary>
    private static void RemoveFirstAdministrator(IServiceCollection services)
    {
        var offer = services.Single(s => s.ImplementationFactory is Func<IServiceProvider, FirstAdministrator>
            && s.ServiceType == typeof(IHostedService));
        services.Remove(offer);
    }

    public static EventDraft Draft(string subject) =>
        new("test.event", "node", subject, Visibility.Public, new JsonObject { ["of"] = subject });

    /// <summary>Writes events in one transaction, and answers their ids.</summary>
    public static Task<Guid[]> AppendAsync(TestNode node, int count = 1, string subject = "test:1") =>
        node.Services.GetRequiredService<Transactions>().WriteAsync(
            (scope, _) => Task.FromResult(Enumerable.Range(0, count).Select(_ => scope.Append(Draft(subject))).ToArray()), Ct);

    public static async Task<NoteKey> VkeyAsync(TestNode node)
    {
        var text = await node.Client.GetStringAsync(new Uri("/.well-known/coop-node", UriKind.Relative), Ct);
        return NoteKey.Parse(JsonNode.Parse(text)!["log"]!["vkey"]!.GetValue<string>());
    }

    public static async Task<Checkpoint> CheckpointAsync(TestNode node)
    {
        var vkey = await VkeyAsync(node);
        return Checkpoint.Verify(await GetAsync(node, "checkpoint"), vkey);
    }

    public static Task<byte[]> GetAsync(TestNode node, string path) =>
        node.Client.GetByteArrayAsync(new Uri("/log/" + path, UriKind.Relative), Ct);

    /// <summary>Waits until the published log has that size, and answers its checkpoint.</summary>
    public static async Task<Checkpoint> WaitForSizeAsync(TestNode node, long size)
    {
        Checkpoint? checkpoint = null;
        await EventuallyAsync(async () =>
            await IsPublishedAsync(node) && (checkpoint = await CheckpointAsync(node)).Size >= size);
        return checkpoint!;
    }

    /// <summary>Whether there is a checkpoint; the first one may come after the web server is up.</summary>
    public static async Task<bool> IsPublishedAsync(TestNode node)
    {
        using var response = await node.Client.GetAsync(new Uri("/log/checkpoint", UriKind.Relative), Ct);
        return response.IsSuccessStatusCode;
    }

    public static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Patience);
        while (!await holds())
        {
            await Task.Delay(Glance, patience.Token);
        }
    }

    public static Task WaitForRoleAsync(TestNode node, SequencerStatus.Role role)
    {
        var status = node.Services.GetRequiredService<SequencerStatus>();
        return EventuallyAsync(() => Task.FromResult(status.Now.Role == role));
    }

    /// <summary>
    /// Reads the published log as an auditor would, and checks every entry, link, tile and the root.
    /// </summary>
    public static async Task<IReadOnlyList<LogEntry>> VerifyAsync(TestNode node)
    {
        var checkpoint = await CheckpointAsync(node);
        var entries = new List<LogEntry>();
        var leaves = new List<byte[]>();
        for (var n = 0L; TilePath.In(checkpoint.Size, TilePath.Entries, n) is { } path; n++)
        {
            ReadBundle(await GetAsync(node, path.ToString()), checkpoint.Origin, entries, leaves);
        }

        Assert.Equal(checkpoint.Size, entries.Count);
        Assert.Equal(checkpoint.Root.ToArray(), Root(leaves, checkpoint.Size));
        await VerifyTilesAsync(node, checkpoint.Size, leaves);
        Assert.Equal(entries.Count, entries.Select(e => e.Id).Distinct().Count());
        return entries;
    }

    public static byte[] Root(IReadOnlyList<byte[]> leaves, long size) =>
        Proofs.Root(size, (height, index) => Perfect(leaves, height, index));

    private static void ReadBundle(byte[] bundle, string origin, List<LogEntry> entries, List<byte[]> leaves)
    {
        ReadOnlySpan<byte> rest = bundle;
        while (EntryBundle.TryReadNext(ref rest, out var bytes))
        {
            Assert.True(LogEntry.TryParse(bytes, out var entry));
            Assert.Equal(origin, entry!.Origin);
            Assert.Equal(entries.Count, entry.Seq);
            Assert.Equal(leaves.Count == 0 ? TreeHash.EmptyRoot.ToArray() : leaves[^1], entry.Prev.ToArray());
            entries.Add(entry);
            leaves.Add(TreeHash.Leaf(bytes));
        }

        Assert.Equal(0, rest.Length);
    }

    private static async Task VerifyTilesAsync(TestNode node, long size, List<byte[]> leaves)
    {
        for (var level = 0; size >> (8 * level) > 0; level++)
        {
            for (var n = 0L; TilePath.In(size, level, n) is { } path; n++)
            {
                var first = n * TilePath.FullWidth;
                var expected = Enumerable.Range(0, path.Width).SelectMany(i => Perfect(leaves, 8 * level, first + i));
                Assert.Equal(expected.ToArray(), await GetAsync(node, path.ToString()));
            }
        }
    }

    private static byte[] Perfect(IReadOnlyList<byte[]> leaves, int height, long index) => height == 0
        ? leaves[(int)index]
        : TreeHash.Node(Perfect(leaves, height - 1, index * 2), Perfect(leaves, height - 1, (index * 2) + 1));
}
