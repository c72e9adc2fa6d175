using Npgsql;

namespace Coop.Node.Database;

/// <summary>How the node's pool connects, where the operator's connection string does not say.</summary>
internal static class ConnectionSettings
{
    /// <summary>
    /// Settings of the embedded server; durability stays PostgreSQL's own. More predicate locks keep
    /// SERIALIZABLE from locking whole pages and tables, which would make strangers conflict. Compiling a query takes
    /// longer than any of ours runs: the reconciliation of an account, 0.1 s, took 0.6 s with it.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string> EmbeddedServer =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["max_pred_locks_per_transaction"] = "256",
            ["max_pred_locks_per_page"] = "16",
            ["jit"] = "off",
        };

    private const int MaxWorkerConnections = 8;

    private static readonly IReadOnlyDictionary<string, object> Defaults =
        new Dictionary<string, object>(StringComparer.Ordinal)
        {
            // With the workers' below half of PostgreSQL's usual 100 connections: room for a second replica.
            ["Maximum Pool Size"] = 40,
            // DISCARD ALL costs a message on each reuse, and CockroachDB does not need it: we set nothing.
            ["No Reset On Close"] = true,
            // Statements are constants, so each is parsed and planned once a connection.
            ["Max Auto Prepare"] = 200,
            ["Auto Prepare Min Usages"] = 2,
            // A dead peer is noticed on idle connections too.
            ["Tcp Keepalive"] = true,
            ["Timeout"] = 15,
            ["Command Timeout"] = 30,
            ["Application Name"] = "coop-node",
        };

    public static string For(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var given = settings.Keys.Cast<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Defaults.Where(d => !given.Contains(d.Key)))
        {
            settings[name] = value;
        }

        return settings.ConnectionString;
    }

    /// <summary>
    /// For the few loops through which most writes go: requests cannot take their connections away, and being
    /// few, these have their plans and catalogs at hand, where forty in turn would each be half cold.
    /// </summary>
    public static string ForWorkers(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(For(connectionString));
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, MaxWorkerConnections);
        settings.MinPoolSize = Math.Min(settings.MinPoolSize, settings.MaxPoolSize);
        return settings.ConnectionString;
    }
}
