namespace Coop.Federation.Log;

/// <summary>
/// What the database knows about the order of its transactions. Each engine has its own hidden column;
/// docs/decisions/0002-event-order.md says why these and not a clock.
/// </summary>
public enum IntakeOrder
{
    /// <summary>PostgreSQL: the transaction id of the row (<c>xmin</c>).</summary>
    TransactionId,

    /// <summary>CockroachDB: the commit time stamp of the row (<c>crdb_internal_mvcc_timestamp</c>).</summary>
    CommitTimestamp,
}
