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
    private readonly List<IntakeEvent> _events = [];
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
        var salt = RandomNumberGenerator.GetBytes(PayloadHash.SaltSizeBytes);
        _events.Add(new IntakeEvent(id, _events.Count, Now, draft, salt));
        return id;
    }
}
