using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Identity.Keys;
using Coop.Node.Database;
using Coop.Node.Hosting;
using Npgsql;

namespace Coop.Node.Log;

/// <summary>
/// This node's log: its name, its signing key, and the guard against signing two histories. Ready
/// before the sequencer and the web server start.
/// </summary>
public sealed class NodeLog(
    NodeOptions options, Transactions transactions, ILogger<NodeLog> logger) : IHostedService, IDisposable
{
    private Ed25519Key? _key;
    private SigningGuard? _guard;
    private NoteKey? _vkey;

    /// <summary>The log's name in checkpoints and entries; fixed at the first start of the first replica.</summary>
    public string Origin => Vkey.Name;

    /// <summary>What checkpoints are verified with.</summary>
    public NoteKey Vkey => _vkey ?? throw NotStarted();

    /// <summary>How the intake is ordered on this engine.</summary>
    public IntakeOrder Order { get; private set; }

    private Ed25519Key Key => _key ?? throw NotStarted();

    private SigningGuard Guard => _guard ?? throw NotStarted();

    /// <exception cref="InvalidOperationException">The log in the database is signed with another key.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _key = KeyFiles.Log(options.KeyFolder);
        _guard = SigningGuard.Open(Path.Combine(options.DataFolder, SigningGuard.FileName));
        Order = await transactions.ReadAsync(IntakeQueue.ProbeOrderAsync, cancellationToken);
        var head = await EnsureHeadAsync(cancellationToken);
        _vkey = KeyFor(head.Origin);
        if (head.Vkey != _vkey.ToString())
        {
            throw new InvalidOperationException(
                $"The log in this database is signed with the key {head.Vkey}, but the key in {options.KeyFolder} is "
                + $"{_vkey}. Replicas of one node share their keys: copy the folder from the replica that has the right one.");
        }

        Logs.LogOpened(logger, head.Origin, head.Size);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The signed checkpoint over a state that is durable in the database.</summary>
    public string Sign(LogState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new Checkpoint(Origin, state.Size, state.Root).Sign(Key).ToString();
    }

    /// <summary>Notes on disk that a state is signed; must return before anyone can see the signature.</summary>
    public void RecordSigned(LogState state) => Guard.Record(state);

    /// <summary>As a follower: keeps the guard up with what the leader has published.</summary>
    public void Observe(LogHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (head.Checkpoint.Length > 0 && Verify(head) is { } published && published.Size > (Guard.Last?.Size ?? -1))
        {
            Guard.Record(published);
        }
    }

    /// <summary>
    /// The tip of the stored log, once everything that speaks against building on it was looked at.
    /// The caller must hold the lease, so that nothing moves meanwhile.
    /// </summary>
    /// <exception cref="LogFaultException">Nothing may be signed.</exception>
    public async Task<(LogHead Head, LogTip Tip)> VerifyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var head = await HeadStore.ReadAsync(connection, ct);
        var tip = await StoredLog.ReadTipAsync(connection, head, ct);
        if (head.Checkpoint.Length > 0)
        {
            await CheckContainsAsync(connection, Verify(head), head.Size, ct);
        }

        await CheckGuardAsync(connection, tip.State, ct);
        return (head, tip);
    }

    public void Dispose()
    {
        _guard?.Dispose();
        _key?.Dispose();
    }

    private async Task<LogHead> EnsureHeadAsync(CancellationToken ct) =>
        await transactions.ReadAsync(HeadStore.FindAsync, ct) ?? await CreateHeadAsync(ct);

    private async Task<LogHead> CreateHeadAsync(CancellationToken ct)
    {
        var origin = options.PublicUrl.Authority + LogPaths.Prefix;
        await transactions.MaintainAsync(
            async (transaction, token) =>
            {
                await HeadStore.CreateAsync(
                    transaction, origin, KeyFor(origin).ToString(), TreeHash.EmptyRoot.ToArray(), token);
                return true;
            },
            ct);
        return await transactions.ReadAsync(HeadStore.ReadAsync, ct);
    }

    private NoteKey KeyFor(string origin) =>
        NoteKey.Create(origin, NoteKey.Ed25519Type, Key.PublicKey.Span);

    /// <summary>The state that the stored checkpoint signs.</summary>
    private LogState Verify(LogHead head)
    {
        try
        {
            var checkpoint = Checkpoint.Verify(System.Text.Encoding.UTF8.GetBytes(head.Checkpoint), Vkey);
            return checkpoint.Size == head.CheckpointSize
                ? new LogState(checkpoint.Size, checkpoint.Root.ToArray())
                : throw new LogFaultException("The stored checkpoint is not of the size that is stored beside it.");
        }
        catch (NoteException e)
        {
            throw new LogFaultException($"The stored checkpoint does not verify: {e.Message}");
        }
    }

    private async Task CheckGuardAsync(NpgsqlConnection connection, LogState stored, CancellationToken ct)
    {
        if (Guard.Last is not { } signed || options.AcceptedLogHead == stored.ToString())
        {
            Guard.Reset(stored);
            return;
        }

        if (signed.Size > stored.Size)
        {
            throw new LogFaultException(
                $"The database holds a log of {stored.Size} entries, but one of {signed.Size} was signed: it was probably "
                + "restored from a backup. Nothing is signed, because somebody may hold a proof of what is missing. "
                + "Bring back the newer database; or, if nobody relies on what is missing, start once with "
                + $"{NodeOptions.AcceptLogHeadKey}={stored}");
        }

        await CheckContainsAsync(connection, signed, stored.Size, ct);
    }

    private static async Task CheckContainsAsync(
        NpgsqlConnection connection, LogState signed, long storedSize, CancellationToken ct)
    {
        if (signed.Size > storedSize || !signed.HasRoot(await StoredLog.ReadRootAsync(connection, signed.Size, ct)))
        {
            throw new LogFaultException(
                $"The stored log of {storedSize} entries does not continue the one of {signed.Size} that was signed: its history was changed.");
        }
    }

    private static InvalidOperationException NotStarted() => new("The log is not open yet.");
}
