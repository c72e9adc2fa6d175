using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coop.Node.Tests.Database;

public sealed class TestNodeTests
{
    private const string SelectMigrations = "SELECT count(*) FROM schema_migrations";

    [Fact]
    public async Task ServesOnAMigratedDatabaseOfItsOwn()
    {
        await using var node = await TestNode.StartAsync();
        await using var other = await TestNode.StartAsync();
        Assert.NotEqual(node.Database.ConnectionString, other.Database.ConnectionString);

        var dataSource = node.Services.GetRequiredService<NpgsqlDataSource>();
        await using var command = dataSource.CreateCommand(SelectMigrations);
        var migrations = (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(Coop.Node.Database.Migrations.Migration.All.Count, migrations);

        using var response = await node.Client.GetAsync(
            new Uri("/no-such-page", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.NotNull(response);
    }

    [Fact]
    public async Task AnEmptyDatabaseHasNoTables()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var dataSource = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = dataSource.CreateCommand(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'");
        Assert.Equal(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
