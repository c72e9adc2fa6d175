using Coop.Node.Database;

namespace Coop.Node.Hosting;

/// <summary>A running node: database, web host and background work, started and stopped as one.</summary>
public sealed class CoopNode : IAsyncDisposable
{
    private readonly NodeDatabase _database;

    private CoopNode(WebApplication app, NodeDatabase database)
    {
        App = app;
        _database = database;
    }

    public WebApplication App { get; }

    public IServiceProvider Services => App.Services;

    /// <summary>The address that Kestrel listens on, with the real port where port 0 was asked for.</summary>
    public Uri Address => new(App.Urls.First());

    /// <summary>Brings up database, schema and host; when it returns, the node serves.</summary>
    /// <param name="args">The command line, in the usual .NET form.</param>
    /// <param name="configure">Replaces services; for tests.</param>
    public static async Task<CoopNode> StartAsync(
        string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (string.IsNullOrWhiteSpace(builder.Configuration["urls"]))
        {
            builder.WebHost.UseUrls(NodeOptions.DefaultUrl);
        }

        var options = NodeOptions.From(builder.Configuration);
        var database = await NodeDatabase.OpenAsync(options);
        WebApplication? app = null;
        try
        {
            // The framework tells a story about each request; an operator who wants it sets its level.
            builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
            builder.AddNode(options, database);
            configure?.Invoke(builder);
            app = builder.Build();
            app.MapNode();
            await app.StartAsync();
            return new CoopNode(app, database);
        }
        catch
        {
            // What had started already must not go on without its database.
            await (app?.DisposeAsync() ?? ValueTask.CompletedTask);
            await database.DisposeAsync();
            throw;
        }
    }

    public Task WaitForShutdownAsync() => UnlessOutOfTimeAsync(App.WaitForShutdownAsync());

    public async ValueTask DisposeAsync()
    {
        try
        {
            await UnlessOutOfTimeAsync(App.StopAsync());
            await App.DisposeAsync();
        }
        finally
        {
            await _database.DisposeAsync();
        }
    }

    // The host waits for requests and background work only so long. What it leaves behind has not been
    // committed, and the database is to be stopped in order all the same.
    private static async Task UnlessOutOfTimeAsync(Task stopping)
    {
        try
        {
            await stopping;
        }
        catch (Exception e) when (IsOutOfTime(e))
        {
        }
    }

    // The host throws what one service threw, and wraps what several threw.
    private static bool IsOutOfTime(Exception e) => e is OperationCanceledException
        || (e is AggregateException { InnerExceptions: var several } && several.All(IsOutOfTime));
}
