namespace Coop.Node.Database;

/// <summary>The servers that speak the node's dialect.</summary>
public enum DatabaseEngine
{
    /// <summary>PostgreSQL, embedded or not.</summary>
    PostgreSql,

    /// <summary>CockroachDB.</summary>
    CockroachDb,
}
