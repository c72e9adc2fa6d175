using Coop.Identity.Keys;
using Coop.Node.Database;
using Coop.Node.Hosting;

namespace Coop.Node.Identity;

/// <summary>
/// Who the node is to others: its DID, and the keys that sign for it. Ready before the web server starts;
/// a rotation by whatever process is taken up within <see cref="RefreshInterval"/>. Thread-safe.
/// </summary>
/// <remarks>
/// Take a signer for each signature anew: after a rotation the properties answer the new one. What is still
/// signed with the one before, in between, verifies as well.
/// </remarks>
public sealed class NodeIdentity(
    NodeOptions options, Transactions transactions, ILogger<NodeIdentity> logger) : BackgroundService
{
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(2);

    private readonly List<NodeKeys> _opened = [];
    private volatile State? _state;

    /// <summary>The node's DID, a did:webvh; made at the first start and the same for good.</summary>
    public string Did => Current.Did.Did;

    /// <summary>Signs credentials (EdDSA).</summary>
    public NodeSigner AssertionSigner => Current.Assertion;

    /// <summary>Signs what wants ES256: SD-JWT credentials, requests to wallets.</summary>
    public NodeSigner Es256Signer => Current.Es256;

    /// <summary>What <c>did.jsonl</c> serves: JSON Lines.</summary>
    public string History => Current.Did.Log;

    /// <summary>The same document as a did:web.</summary>
    public string WebDocument => Current.WebDocument;

    private State Current => _state ?? throw new InvalidOperationException("The node's identity is not open yet.");

    /// <exception cref="FormatException">The keys in the key folder are not those of the DID in the database.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Open(await NodeDidWriter.EnsureAsync(transactions, options, cancellationToken));
        Logs.IdentityOpened(logger, Did, Current.Did.Version);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Takes up what another process has published since.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        var count = await transactions.ReadAsync(NodeDidStore.CountAsync, ct);
        if (count > Current.Did.Version)
        {
            Open(await transactions.ReadAsync(NodeDidWriter.ReadAsync, ct));
            Logs.IdentityOpened(logger, Did, Current.Did.Version);
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        lock (_opened)
        {
            _opened.ForEach(keys => keys.Dispose());
            _opened.Clear();
        }
    }

    // By the machine's own timer: no rule depends on it, and a test's clock may stand still.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RefreshInterval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (e is BusyException or Npgsql.NpgsqlException or IOException or FormatException)
            {
                Logs.IdentityNotRefreshed(logger, e);
            }
        }
    }

    private void Open(NodeDid? did)
    {
        ArgumentNullException.ThrowIfNull(did);
        var keys = NodeKeys.OpenPublished(options, did.Version);
        lock (_opened)
        {
            _opened.Add(keys);
        }

        _state = new State(
            did, NodeDocument.AsDidWeb(did), Signer(did, keys.Assertion), Signer(did, keys.Es256));
        NodeKeys.Forget(options, did.Version);
    }

    private NodeSigner Signer(NodeDid did, ISigningKey key)
    {
        var multikey = key.Public.ToMultikey();
        return NodeDocument.KeysOf(did.Document).Contains(multikey, StringComparer.Ordinal)
            ? new NodeSigner(key, NodeDocument.KeyId(did.Did, multikey))
            : throw new FormatException(
                $"The node's DID {did.Did} in this database has other keys than {options.KeyFolder}. Replicas of one "
                + "node share their keys: copy the folder from the replica that has the right ones.");
    }

    private sealed record State(NodeDid Did, string WebDocument, NodeSigner Assertion, NodeSigner Es256);
}
