using System.Net.Sockets;
using Npgsql;

namespace Coop.Node.Database;

/// <summary>The SQLSTATEs that decide what happens to a transaction (PostgreSQL and CockroachDB agree on them).</summary>
internal static class SqlStates
{
    /// <summary>Another try of the whole transaction may go through: it was rolled back, or never begun.</summary>
    public static bool MayPass(Exception e) => IsRetryable(e) || IsConnectionLost(e);

    /// <summary>The server rolled the transaction back and invites a retry of the whole.</summary>
    public static bool IsRetryable(Exception e) =>
        e is PostgresException { SqlState: "40001" or "40P01" } || IsNextFolioTaken(e);

    // Two transactions that read the same last folio each write the one after it: PostgreSQL may say so
    // before it says that they cannot be put into an order.
    private static bool IsNextFolioTaken(Exception e) => e is PostgresException { SqlState: "23505" } p
        && p.ConstraintName?.StartsWith("ledger_folios_", StringComparison.Ordinal) == true;

    /// <summary>
    /// A unique constraint refused the row. A write that had looked first lost a race: PostgreSQL may say so before it
    /// says that the two cannot be put into an order, and whoever looks again sees the row.
    /// </summary>
    public static bool IsUniqueViolation(Exception e) => e is PostgresException { SqlState: "23505" };

    /// <summary>A unique constraint refused the row.</summary>
    public static bool IsUniqueViolation(Exception e, string constraint) =>
        e is PostgresException { SqlState: "23505" } p && p.ConstraintName == constraint;

    /// <summary>
    /// A COMMIT that failed like this may have happened: statement completion unknown (40003),
    /// transaction resolution unknown (08007), or the connection ended without an answer. Every other
    /// answer of the server means that the transaction was rolled back.
    /// </summary>
    public static bool IsAmbiguousCommit(Exception e) =>
        e is PostgresException { SqlState: "40003" or "08007" } || IsConnectionLost(e);

    /// <summary>There is no connection, or no longer; before COMMIT was sent this means nothing happened.</summary>
    public static bool IsConnectionLost(Exception e) => e switch
    {
        PostgresException p => IsOfTheConnection(p.SqlState),
        // A timeout of ours too: Npgsql gives the connection up with it, or the pool had none.
        NpgsqlException n => n.InnerException is IOException or SocketException or TimeoutException,
        IOException or SocketException or TimeoutException => true,
        // What a transaction says whose connection broke in between.
        ObjectDisposedException o => o.ObjectName == nameof(NpgsqlTransaction),
        _ => false,
    };

    // 08: connection exceptions. 57P01 to 57P05: the server shuts down, crashed, is starting, dropped the
    // database or ended an idle session. 25P03: it ended an idle transaction. 53300: it takes no more
    // connections just now. 40003 before COMMIT: the statement's fate is the lost transaction's.
    private static bool IsOfTheConnection(string sqlState) =>
        sqlState.StartsWith("08", StringComparison.Ordinal)
        || sqlState.StartsWith("57P", StringComparison.Ordinal)
        || sqlState is "25P03" or "53300" or "40003";
}
