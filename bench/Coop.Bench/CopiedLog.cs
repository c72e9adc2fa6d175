using System.Text;
using Coop.Federation.Audit;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Identity.Keys;

namespace Coop.Bench;

/// <summary>Two nodes in memory: one with a log, and a peer with an empty one, which keeps a copy of the first.</summary>
internal sealed class CopiedLog
{
    private const string KeeperOrigin = "keeper.example/log";

    private readonly GeneratedLog _log;
    private readonly NoteKey _keeperKey;
    private readonly byte[] _keeperCheckpoint;

    public CopiedLog(GeneratedLog log)
    {
        using var key = Ed25519Key.Generate();
        _log = log;
        _keeperKey = NoteKey.Create(KeeperOrigin, NoteKey.Ed25519Type, key.PublicKey.Span);
        _keeperCheckpoint = new Checkpoint(KeeperOrigin, 0, TreeHash.EmptyRoot.ToArray()).Sign(key).Encode();
    }

    public static IReadOnlyList<Uri> Addresses { get; } = [new("https://bench.example/"), new("https://keeper.example/")];

    public ILogSource Open(Uri address) => new Source(this, address);

    private Task<byte[]?> FetchAsync(string host, string path, int maxSizeBytes, CancellationToken ct)
    {
        var isKeeper = host == Addresses[1].Host;
        var copy = $"/federation/mirrors/{LogSubject.IdOf(_log.Key.Name)}/";
        return path switch
        {
            "/.well-known/coop-node" => Text(Describe(isKeeper ? _keeperKey : _log.Key)),
            "/federation/peers" => Text(Peers(isKeeper ? _log.Key : _keeperKey)),
            "/log/checkpoint" when isKeeper => Task.FromResult<byte[]?>(_keeperCheckpoint),
            _ when isKeeper && path.StartsWith(copy, StringComparison.Ordinal) => _log.FetchAsync(path[copy.Length..], maxSizeBytes, ct),
            _ when !isKeeper && path.StartsWith("/log/", StringComparison.Ordinal) => _log.FetchAsync(path["/log/".Length..], maxSizeBytes, ct),
            _ => Task.FromResult<byte[]?>(null),
        };
    }

    private static string Describe(NoteKey key) =>
        $$$$"""{"name":"{{{{key.Name}}}}","did":"did:{{{{key.Name}}}}","log":{"origin":"{{{{key.Name}}}}","prefix":"/log","vkey":"{{{{key}}}}"},"federation":{"prefix":"/federation"}}""";

    private static string Peers(NoteKey key) =>
        $$$$"""{"peers":[{"id":"1","state":"active","termsHash":"1","scopes":[],"theirScopes":["replicate"],"peer":{"did":"did:{{{{key.Name}}}}","name":"{{{{key.Name}}}}","log":{"vkey":"{{{{key}}}}"}}}]}""";

    private static Task<byte[]?> Text(string text) => Task.FromResult<byte[]?>(Encoding.UTF8.GetBytes(text));

    private sealed class Source(CopiedLog nodes, Uri address) : ILogSource
    {
        public Task<byte[]?> FetchAsync(string path, int maxSizeBytes, CancellationToken ct) =>
            nodes.FetchAsync(address.Host, address.AbsolutePath.TrimEnd('/') + "/" + path, maxSizeBytes, ct);
    }
}
