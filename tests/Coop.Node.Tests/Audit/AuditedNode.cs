using System.Diagnostics;
using System.Text.Json;
using Coop.Node.Log;
using Coop.Node.Tests.Log;
using Coop.Testing;
using Npgsql;

namespace Coop.Node.Tests.Audit;

/// <summary>A node whose log has a full tile and a partial one, stopped, so that its database can be changed.</summary>
public sealed class AuditedNode : IAsyncLifetime
{
    public const int Size = 300;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coop-audited-");
    private TestDatabase? _database;

    public TestDatabase Database => _database ?? throw new InvalidOperationException("Not started.");

    public DirectoryInfo Data => _folder.CreateSubdirectory("data");

    public string StatePath => Path.Combine(_folder.FullName, "state.json");

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateMigratedAsync();
        await using var node = await StartAsync();
        await TestLog.AppendAsync(node, Size);
        await TestLog.WaitForSizeAsync(node, Size);
        var audit = await RunAsync(node, "--state", StatePath);
        Assert.Equal((0, "holds"), (audit.ExitCode, audit.Verdict));
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public Task<TestNode> StartAsync() => TestLog.StartAsync(Database, Data);

    /// <summary>Starts the node over the database as it is now, and audits it.</summary>
    public async Task<AuditRun> AuditAsync(params string[] options)
    {
        await using var node = await StartAsync();
        await TestLog.EventuallyAsync(() => TestLog.IsPublishedAsync(node));
        return await RunAsync(node, options);
    }

    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync(TestLog.Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        Assert.NotEqual(0, await command.ExecuteNonQueryAsync(TestLog.Ct));
    }

    public async Task<byte[]> ReadBytesAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync(TestLog.Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return (byte[])(await command.ExecuteScalarAsync(TestLog.Ct))!;
    }

    /// <summary>The command line's audit, as a process of its own.</summary>
    public static async Task<AuditRun> RunAsync(TestNode node, params string[] options)
    {
        var text = await RunCommandAsync(["audit", node.Address.ToString(), "--json", .. options]);
        return new AuditRun(text.ExitCode, JsonDocument.Parse(text.Output).RootElement);
    }

    public static async Task<(int ExitCode, string Output)> RunCommandAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(NodeLog).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestLog.Ct);
        var output = await process.StandardOutput.ReadToEndAsync(TestLog.Ct);
        await process.WaitForExitAsync(TestLog.Ct);
        TestContext.Current.TestOutputHelper?.WriteLine(output + await errors);
        return (process.ExitCode, output);
    }
}
