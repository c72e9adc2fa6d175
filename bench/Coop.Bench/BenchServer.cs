using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coop.Bench;

/// <summary>The embedded server of a node, for those who come to it from outside.</summary>
internal sealed record BenchServer(string Host, int Port, string User, string Password, string Database)
{
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = Host,
        Port = Port,
        Username = User,
        Password = Password,
        Database = Database,
    }.ConnectionString;

    public static async Task<BenchServer> OfAsync(TestNode node)
    {
        var settings = new NpgsqlConnectionStringBuilder(
            node.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString);
        var password = await File.ReadAllTextAsync(Path.Combine(node.DataFolder.FullName, "postgres", "password"));
        return new(settings.Host!, settings.Port, settings.Username!, password, settings.Database!);
    }
}
