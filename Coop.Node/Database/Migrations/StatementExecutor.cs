using DbUp.Engine;
using DbUp.Engine.Transactions;

namespace Coop.Node.Database.Migrations;

/// <summary>
/// Runs one step, then notes it: two statements, each its own transaction, since CockroachDB does not
/// mix schema changes and data in one. A crash between them makes the step run again.
/// </summary>
internal sealed class StatementExecutor(IConnectionManager connections, IJournal journal) : IScriptExecutor
{
    public int? ExecutionTimeoutSeconds { get; set; }

    public void VerifySchema()
    {
        // The server's default schema is there, or the first statement says that it is not.
    }

    public void Execute(SqlScript script) => Execute(script, null);

    public void Execute(SqlScript script, IDictionary<string, string>? variables) =>
        connections.ExecuteCommandsWithManagedConnection(commands =>
        {
            journal.EnsureTableExistsAndIsLatestVersion(commands);
            using (var command = commands())
            {
                command.CommandText = script.Contents;
                command.ExecuteNonQuery();
            }

            journal.StoreExecutedScript(script, commands);
        });
}
