using DbUp.Engine.Transactions;
using Npgsql;

namespace Coop.Node.Database.Migrations;

/// <summary>DbUp's connections, from the node's pool. A step is one statement: nothing is split.</summary>
internal sealed class PooledConnections(NpgsqlDataSource dataSource)
    : DatabaseConnectionManager(_ => dataSource.CreateConnection())
{
    public override IEnumerable<string> SplitScriptIntoCommands(string scriptContents) => [scriptContents];
}
