using Npgsql;

namespace Coop.Node.Database;

/// <summary>The SQLSTATEs that decide what happens to a transaction (PostgreSQL and CockroachDB agree on them).</summary>
internal static class SqlStates
{
    /// <summary>The server rolled the transaction back and invites a retry of the whole.</summary>
    public static bool IsRetryable(Exception e) =>
        e is PostgresException { SqlState: "40001" or "40P01" };

    /// <summary>A unique constraint refused the row.</summary>
    public static bool IsUniqueViolation(Exception e, string constraint) =>
        e is PostgresException { SqlState: "23505" } p && p.ConstraintName == constraint;

    /// <summary>
    /// A COMMIT that failed like this may have happened: statement completion unknown (40003),
    /// transaction resolution unknown (08007), or the connection ended without an answer.
    /// </summary>
    public static bool IsAmbiguousCommit(Exception e) =>
        e is PostgresException { SqlState: "40003" or "08007" } || IsConnectionLost(e);

    /// <summary>The connection is gone; before COMMIT was sent this means nothing happened.</summary>
    public static bool IsConnectionLost(Exception e) => e switch
    {
        // 57P01..03: the server shuts down or is starting. 53300: no connection to be had just now.
        PostgresException p => p.SqlState is "57P01" or "57P02" or "57P03" or "53300" || p.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException or TimeoutException } => true,
        NpgsqlException { InnerException: null } => true,
        ObjectDisposedException or IOException => true,
        _ => false,
    };
}
