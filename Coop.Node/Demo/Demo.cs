namespace Coop.Node.Demo;

/// <summary>Three co-ops in one process, peers of each other: databases, nodes, members and what they did.</summary>
internal sealed class Demo : IAsyncDisposable
{
    private readonly DemoFolder _folder;
    private readonly DemoDatabases _databases;
    private readonly List<DemoCoop> _coops = [];

    private Demo(DemoFolder folder, DemoDatabases databases) => (_folder, _databases) = (folder, databases);

    public IReadOnlyList<DemoCoop> Coops => _coops;

    /// <summary>Starts the demo, and tells its story where that was not done before.</summary>
    /// <param name="path">Where everything is kept; null for nowhere.</param>
    /// <param name="connection">The database server; null for the embedded one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Told of each step.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<Demo> StartAsync(
        string? path, string? connection, TimeProvider time, Func<string, Task> tell, CancellationToken ct)
    {
        var folder = DemoFolder.Open(path);
        Demo? demo = null;
        try
        {
            await tell("Starting the database server");
            demo = new Demo(folder, await DemoDatabases.OpenAsync(connection, folder, ct));
            await demo.StartAsync(time, tell, ct);
            return demo;
        }
        catch
        {
            await (demo?.DisposeAsync() ?? ValueTask.CompletedTask);
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var coop in _coops)
        {
            await coop.DisposeAsync();
            Npgsql.NpgsqlConnection.ClearAllPools();
            if (_folder.IsTemporary)
            {
                await _databases.DropAsync(_folder.DatabaseOf(coop.Cast), CancellationToken.None);
            }
        }

        await _databases.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartAsync(TimeProvider time, Func<string, Task> tell, CancellationToken ct)
    {
        foreach (var cast in DemoCast.All)
        {
            await tell($"Starting {cast.Name}");
            var coop = new DemoCoop(cast, _folder, await _databases.EnsureAsync(_folder.DatabaseOf(cast), ct));
            _coops.Add(coop);
            await coop.StartAsync();
            await (_folder.IsTold ? coop.ReturnAsync(_folder) : coop.FoundAsync(_folder));
        }

        if (!_folder.IsTold)
        {
            await TellAsync(time, tell, ct);
            _folder.SetTold();
        }
    }

    private async Task TellAsync(TimeProvider time, Func<string, Task> tell, CancellationToken ct)
    {
        await tell("Peering them with each other");
        await new DemoPeering(_coops, time).RunAsync(ct);
        await tell("Members join, propose, vote, announce and keep books");
        await Task.WhenAll(_coops.Select(c => new DemoStory(c.Cast, c.Admin, time).TellAsync(ct)));
    }
}
