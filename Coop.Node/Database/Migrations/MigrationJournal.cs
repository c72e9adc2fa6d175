using System.Data;
using DbUp.Engine;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Node.Database.Migrations;

/// <summary>
/// Which steps this database has taken. DbUp's own journals use identity columns; this one stays in the
/// dialect, and every statement of it may run twice or on two nodes at once.
/// </summary>
internal sealed class MigrationJournal(NpgsqlDataSource dataSource) : IJournal
{
    private const string CreateTable = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
          name text NOT NULL PRIMARY KEY,
          checksum text NOT NULL,
          applied_at timestamptz NOT NULL
        )
        """;

    private const string SelectApplied = "SELECT name, checksum FROM schema_migrations ORDER BY name";

    private const string InsertApplied = """
        INSERT INTO schema_migrations (name, checksum, applied_at)
        VALUES ($1, $2, clock_timestamp())
        ON CONFLICT (name) DO NOTHING
        """;

    private const string UndefinedTable = "42P01";

    /// <summary>Name and checksum of every step taken.</summary>
    public IReadOnlyDictionary<string, string> Read()
    {
        using var connection = dataSource.OpenConnection();
        using var command = new NpgsqlCommand(SelectApplied, connection);
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                applied.Add(reader.GetString(0), reader.GetString(1));
            }
        }
        catch (PostgresException e) when (e.SqlState == UndefinedTable)
        {
            // A new database.
        }

        return applied;
    }

    public string[] GetExecutedScripts() => [.. Read().Keys];

    public void EnsureTableExistsAndIsLatestVersion(Func<IDbCommand> dbCommandFactory)
    {
        ArgumentNullException.ThrowIfNull(dbCommandFactory);
        using var command = dbCommandFactory();
        command.CommandText = CreateTable;
        command.ExecuteNonQuery();
    }

    public void StoreExecutedScript(SqlScript script, Func<IDbCommand> dbCommandFactory)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(dbCommandFactory);
        var migration = new Migration(script.Name, script.Contents);
        using var command = (NpgsqlCommand)dbCommandFactory();
        command.CommandText = InsertApplied;
        command.Parameters.Add(new() { Value = migration.Name, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = migration.Checksum, NpgsqlDbType = NpgsqlDbType.Text });
        command.ExecuteNonQuery();
    }
}
