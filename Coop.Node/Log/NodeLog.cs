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
    private readonly Lock _guarding = new();
    private Ed25519Key? _key;
    private SigningGuard? _guard;
    private NoteKey? _vkey;
    private volatile string? _contradiction;
    private long _acceptedUpTo = -1;

    /// <summary>The log's name in checkpoints and entries; fixed at the first start of the first replica.</summary>
    public string Origin => Vkey.Name;

    /// <summary>What checkpoints are verified with.</summary>
    public NoteKey Vkey => _vkey ?? throw NotStarted();

    /// <summary>How the intake is ordered on this engine.</summary>
    public IntakeOrder Order { get; private set; }

    /// <summary>Raised when this process has published a checkpoint.</summary>
    public CheckpointSignal Published { get; } = new();

    /// <summary>
    /// Whether the guard is missing, or was put back from a copy, while the database has a signed log: then
    /// nobody here knows what was signed last, and those who saw it must be asked.
    /// </summary>
    public bool IsInDoubt
    {
        get
        {
            lock (_guarding)
            {
                return !Guard.IsTrusted;
            }
        }
    }

    /// <summary>Whether the operator confirmed the present state at this start, against what was signed.</summary>
    public bool IsAccepted { get; private set; }

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

        if (head.Checkpoint.Length == 0)
        {
            Trust();
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
    public void RecordSigned(LogState state)
    {
        ThrowIfContradicted();
        lock (_guarding)
        {
            Guard.Record(state);
        }
    }

    /// <summary>From now on the guard is to be believed: those who saw the log's checkpoints confirmed it.</summary>
    public void Trust()
    {
        lock (_guarding)
        {
            Guard.Trust();
        }
    }

    /// <exception cref="LogFaultException">Somebody has shown a checkpoint of this log that it does not contain.</exception>
    public void ThrowIfContradicted()
    {
        if (_contradiction is { } reason)
        {
            throw new LogFaultException(reason);
        }
    }

    /// <summary>
    /// Holds a checkpoint of this log, as somebody else has it, against what is stored. One that the stored log
    /// does not continue stops all signing, now and at every later start.
    /// </summary>
    /// <param name="shown">The note; where this log did not sign it, it says nothing.</param>
    /// <param name="who">By whom it was shown, for people.</param>
    /// <param name="ct">Ends the comparison.</param>
    /// <returns>What it says; what an operator has given up says nothing.</returns>
    public async Task<SeenVerdict> CompareAsync(SignedNote shown, string who, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(shown);
        if (Signed(shown) is not { } signed)
        {
            return SeenVerdict.Nothing;
        }

        var (verdict, stored) = await transactions.ReadAsync((connection, token) => JudgeAsync(connection, signed, token), ct);
        if (verdict is SeenVerdict.Contained or SeenVerdict.Nothing)
        {
            return verdict;
        }

        if (signed.Size <= Interlocked.Read(ref _acceptedUpTo))
        {
            await MaintainAsync((transaction, token) => DisownedStore.AddAsync(transaction, signed, token), ct);
            return SeenVerdict.Nothing;
        }

        // In memory first: nothing more is signed even where the database does not answer now.
        if (TryContradict(signed, Shown(signed, who, verdict, stored)))
        {
            await MaintainAsync((transaction, token) => ContradictionStore.AddAsync(transaction, signed, who, token), ct);
        }

        return verdict;
    }

    /// <summary>After a start with an accepted state: what was shown before it stops nothing any more.</summary>
    public Task DisownShownAsync(CancellationToken ct) => MaintainAsync(ContradictionStore.DisownAllAsync, ct);

    /// <summary>As a follower: keeps the guard up with what the leader has published.</summary>
    public void Observe(LogHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        ThrowIfContradicted();
        lock (_guarding)
        {
            if (head.Checkpoint.Length > 0 && Verify(head) is { } published && published.Size > (Guard.Last?.Size ?? -1))
            {
                Guard.Record(published);
            }
        }
    }

    /// <summary>
    /// The tip of the stored log, once everything that speaks against building on it was looked at.
    /// The caller must hold the lease, so that nothing moves meanwhile.
    /// </summary>
    /// <exception cref="LogFaultException">Nothing may be signed.</exception>
    public async Task<(LogHead Head, LogTip Tip)> VerifyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        ThrowIfContradicted();
        var head = await HeadStore.ReadAsync(connection, ct);
        var tip = await StoredLog.ReadTipAsync(connection, head, ct);
        if (head.Checkpoint.Length > 0)
        {
            await CheckContainsAsync(connection, Verify(head), head.Size, ct);
        }

        await CheckGuardAsync(connection, tip.State, ct);
        if (!IsAccepted)
        {
            await CheckShownAsync(connection, ct);
        }

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
        await MaintainAsync(
            (transaction, token) => HeadStore.CreateAsync(
                transaction, origin, KeyFor(origin).ToString(), TreeHash.EmptyRoot.ToArray(), token),
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
        LogState? signed;
        lock (_guarding)
        {
            signed = Guard.Last;
            IsAccepted = options.AcceptedLogHead == stored.ToString();
            if (IsAccepted)
            {
                // What is larger than everything signed so far was not given up: it is a fork of what is to come.
                Interlocked.Exchange(ref _acceptedUpTo, Math.Max(_acceptedUpTo, signed?.Size ?? long.MaxValue));
            }

            if (signed is null || IsAccepted)
            {
                Guard.Reset(stored);
                return;
            }
        }

        if (signed.Size > stored.Size)
        {
            throw new LogFaultException($"A log of {signed.Size} entries was signed. {Reason(SeenVerdict.Later, stored)}");
        }

        await CheckContainsAsync(connection, signed, stored.Size, ct);
    }

    private static string Reason(SeenVerdict verdict, LogState stored) => verdict == SeenVerdict.Later
        ? $"The database holds {stored.Size}: it was probably restored from a backup. Nothing is signed, because somebody "
            + "may hold a proof of what is missing. " + HowToAccept(stored)
        : $"The stored log of {stored.Size} entries does not continue it: its history was changed. Nothing is signed.";

    private static string HowToAccept(LogState stored) =>
        "Bring back the newer database; or, if nobody relies on what is missing, start once with "
        + $"{NodeOptions.AcceptLogHeadKey}={stored}";

    /// <summary>What a note of this log signs; null where this log's key did not sign it.</summary>
    private LogState? Signed(SignedNote note)
    {
        try
        {
            var checkpoint = Checkpoint.Verify(note.Encode(), Vkey);
            return new LogState(checkpoint.Size, checkpoint.Root.ToArray());
        }
        catch (NoteException)
        {
            return null;
        }
    }

    private static async Task CheckShownAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var (signed, who) in await ContradictionStore.ListAsync(connection, ct))
        {
            var (verdict, stored) = await JudgeAsync(connection, signed, ct);
            if (verdict is SeenVerdict.Later or SeenVerdict.Different)
            {
                throw new LogFaultException(Shown(signed, who, verdict, stored));
            }
        }
    }

    private static string Shown(LogState signed, string who, SeenVerdict verdict, LogState stored) =>
        $"{who} has a checkpoint of {signed.Size} entries that this log signed. {Reason(verdict, stored)}";

    private static async Task<(SeenVerdict Verdict, LogState Stored)> JudgeAsync(
        NpgsqlConnection connection, LogState signed, CancellationToken ct)
    {
        var head = await HeadStore.ReadAsync(connection, ct);
        var stored = new LogState(head.Size, head.Root);
        var rootThere = signed.Size <= head.Size ? await StoredLog.ReadRootAsync(connection, signed.Size, ct) : [];
        var verdict = SigningRule.Judge(head.Size, signed, rootThere);
        return verdict != SeenVerdict.Contained && await DisownedStore.ContainsAsync(connection, signed, ct)
            ? (SeenVerdict.Nothing, stored)
            : (verdict, stored);
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

    // The first is enough to stop the log, and whoever shows more does not fill the database.
    private bool TryContradict(LogState signed, string reason)
    {
        lock (_guarding)
        {
            if (signed.Size > (Guard.Last?.Size ?? -1))
            {
                Guard.Record(signed);
            }

            return Interlocked.CompareExchange(ref _contradiction, reason, null) is null;
        }
    }

    private Task<bool> MaintainAsync(Func<NpgsqlTransaction, CancellationToken, Task> write, CancellationToken ct) =>
        transactions.MaintainAsync(
            async (transaction, token) =>
            {
                await write(transaction, token);
                return true;
            },
            ct);

    private static InvalidOperationException NotStarted() => new("The log is not open yet.");
}
