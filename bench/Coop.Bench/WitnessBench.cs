using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;
using Coop.Identity.Keys;
using Coop.Node.Federation.Witnessing;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Bench;

/// <summary>A peer's checkpoint goes to a witness over HTTP: verified, recorded in the database, cosigned, answered.</summary>
internal static class WitnessBench
{
    private const string Origin = "peer.example/log";
    private const long TreeSize = 10_000_000;
    private const int Growth = 7;
    private const double GoalMs = 20;

    public static async IAsyncEnumerable<Figure> RunAsync(int rounds)
    {
        using var key = Ed25519Key.Generate();
        var peers = new OnePeer(NoteKey.Create(Origin, NoteKey.Ed25519Type, key.PublicKey.Span));
        await using var node = await TestNode.StartAsync(
            builder => builder.Services.AddSingleton<IWitnessingPeers>(peers),
            arguments: ["--COOP_DATABASE=", "--COOP_WITNESS_PER_MINUTE=0"]);
        var tree = new SparseTree(TreeSize);
        await SubmitAsync(node, 0, tree, key);
        var latencies = new List<double>();
        for (var i = -rounds / 10; i < rounds; i++)
        {
            var old = tree.Size;
            tree.Grow(Growth);
            var took = await SubmitAsync(node, old, tree, key);
            if (i >= 0)
            {
                latencies.Add(took.TotalMilliseconds);
            }
        }

        latencies.Sort();
        yield return new($"witness round, tree of {TreeSize:N0} leaves, median", latencies[rounds / 2], "ms");
        yield return Figure.AtMost(
            $"witness round, tree of {TreeSize:N0} leaves, p99", latencies[(int)(rounds * 0.99)], "ms", GoalMs);
    }

    private static async Task<TimeSpan> SubmitAsync(TestNode node, long old, SparseTree tree, Ed25519Key key)
    {
        var note = new Checkpoint(Origin, tree.Size, tree.Root()).Sign(key);
        using var content = new ByteArrayContent(AddCheckpointRequest.Create(old, tree.Prove(old), note).Encode());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        var start = Stopwatch.GetTimestamp();
        using var answer = await node.Client.PostAsync(new Uri("/witness/add-checkpoint", UriKind.Relative), content);
        var body = await answer.Content.ReadAsByteArrayAsync();
        var took = Stopwatch.GetElapsedTime(start);
        var vkey = node.Services.GetRequiredService<NodeWitness>().Vkey;
        return answer.IsSuccessStatusCode
            && Cosignature.Time(note with { Signatures = SignatureLines.Parse(body) }, vkey) is not null
                ? took
                : throw new InvalidOperationException($"{answer.StatusCode}: {Encoding.UTF8.GetString(body)}");
    }

    private sealed class OnePeer(NoteKey log) : IWitnessingPeers
    {
        public Task<NoteKey?> FindLogKeyAsync(string origin, CancellationToken ct) =>
            Task.FromResult<NoteKey?>(origin == log.Name ? log : null);

        public Task<IReadOnlyList<PolicyWitness>> ListWitnessesAsync(CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<PolicyWitness>>([]);
    }

    /// <summary>
    /// The right part of a tree: at first the perfect subtrees that make up its size, each with a hash of its
    /// own instead of leaves; what is appended to it is hashed as always.
    /// </summary>
    private sealed class SparseTree
    {
        private readonly Dictionary<(int Height, long Index), byte[]> _hashes = [];

        public SparseTree(long size)
        {
            Size = size;
            Proofs.Root(size, (height, index) => _hashes[(height, index)] = TreeHash.Leaf(BitConverter.GetBytes(index + height)));
        }

        public long Size { get; private set; }

        public byte[] Root() => Proofs.Root(Size, Subtree);

        public IReadOnlyList<byte[]> Prove(long oldSize) => Proofs.Consistency(oldSize, Size, Subtree);

        public void Grow(int leaves)
        {
            for (var i = 0; i < leaves; i++)
            {
                var (height, index, hash) = (0, Size, TreeHash.Leaf(BitConverter.GetBytes(Size)));
                _hashes[(height, index)] = hash;
                for (; index % 2 == 1; height++, index /= 2)
                {
                    hash = TreeHash.Node(Subtree(height, index - 1), hash);
                    _hashes[(height + 1, index / 2)] = hash;
                }

                Size++;
            }
        }

        private byte[] Subtree(int height, long index) => _hashes[(height, index)];
    }
}
