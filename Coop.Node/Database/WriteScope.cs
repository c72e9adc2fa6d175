using System.Security.Cryptography;
using Coop.Federation.Log;
using Npgsql;

namespace Coop.Node.Database;

/// <summary>
/// One attempt of one write: the open SERIALIZABLE transaction, and the events that it will carry.
/// Not thread-safe; lives for one attempt.
/// </summary>
public sealed class WriteScope
{
    private const string Probe = "SELECT 1";

    private const string Commit = "COMMIT";

    private readonly List<IntakeEvent> _events = [];
    private readonly List<NpgsqlBatchCommand> _deferred = [];
    private readonly List<Func<IEnumerable<NpgsqlBatchCommand>>> _first = [];
    private readonly Operation _operation;
    private int _nextId = Operation.FirstFreeId;

    internal WriteScope(NpgsqlTransaction transaction, Operation operation)
    {
        Transaction = transaction;
        _operation = operation;
    }

    public NpgsqlTransaction Transaction { get; }

    public NpgsqlConnection Connection => Transaction.Connection!;

    /// <summary>The node's time when the operation began; the same on every attempt.</summary>
    public DateTimeOffset Now => _operation.StartedAt;

    /// <summary>
    /// The id that the first appended event will have: for a row that names its event, where only
    /// writing the row tells whether there is an event.
    /// </summary>
    public Guid FirstEventId => _operation.EventId;

    internal IReadOnlyList<IntakeEvent> Events => _events;

    /// <summary>
    /// The id for the event that is appended next, by <see cref="Append(EventDraft, Guid)"/>: for rows that
    /// name their events, in writes of several.
    /// </summary>
    public Guid NextEventId() => _events.Count == 0 ? FirstEventId : NewId();

    /// <summary>A new UUIDv7; attempts after the first see the same ids in the same order.</summary>
    public Guid NewId() => _operation.Id(_nextId++);

    /// <summary>
    /// Adds an event, written just before COMMIT (so that its time stamp follows every read of the
    /// transaction). Returns the id under which the log will show it.
    /// </summary>
    public Guid Append(EventDraft draft)
    {
        // The first event's id is the operation's own: it is what an ambiguous commit is asked by.
        var id = _events.Count == 0 ? _operation.EventId : NewId();
        Append(draft, id);
        return id;
    }

    /// <summary>
    /// Adds an event under <see cref="FirstEventId"/>, if it is the first, or an id from
    /// <see cref="NewId"/>: for rows that name their events.
    /// </summary>
    public void Append(EventDraft draft, Guid id)
    {
        if ((_events.Count == 0) != (id == _operation.EventId))
        {
            throw new ArgumentException("The first event has the operation's own id.", nameof(id));
        }

        var salt = RandomNumberGenerator.GetBytes(PayloadHash.SaltSizeBytes);
        _events.Add(new IntakeEvent(id, _events.Count, Now, draft, salt));
    }

    /// <summary>
    /// Leaves a statement, whose answer the body does not need, for the last round trip: it runs before
    /// the events and COMMIT, in the order given. A constraint that it violates fails the write.
    /// </summary>
    public void Defer(NpgsqlBatchCommand command) => _deferred.Add(command);

    /// <summary>
    /// Statements that are known only when the body has ended; they run before what was deferred, which may
    /// refer to their rows.
    /// </summary>
    public void SaveFirst(Func<IEnumerable<NpgsqlBatchCommand>> commands) => _first.Add(commands);

    /// <summary>
    /// Sends what was deferred, the events and COMMIT together. Never cancelled: a caller who hangs up
    /// must not make an outcome unknown.
    /// </summary>
    internal async Task CommitAsync()
    {
        await using var batch = new NpgsqlBatch(Connection, Transaction);
        foreach (var command in _first.SelectMany(c => c()).Concat(_deferred).Concat(IntakeStore.Inserts(_events)))
        {
            batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count == 0)
        {
            // COMMIT alone answers OK to a transaction that had failed, and rolls it back.
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Probe));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(Commit));
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
