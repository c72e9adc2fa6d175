namespace Coop.Node.Log;

/// <summary>The log's services and endpoints.</summary>
public static class LogSetup
{
    public static void AddLog(this IServiceCollection services)
    {
        services.AddSingleton<SequencerSignal>();
        services.AddSingleton<SequencerStatus>();
        services.AddSingleton<SequencerOptions>();
        services.AddSingleton<ISequencerObserver, UnobservedSequencer>();
        services.AddSingleton<LogFiles>();
        services.AddSingleton<Cosignatures>();
        services.AddSingleton<NodeLog>();
        // In this order: the sequencer and the web server need the log's name and key.
        services.AddHostedService(provider => provider.GetRequiredService<NodeLog>());
        services.AddHostedService<Sequencer>();
        services.AddHealthChecks().AddCheck<SequencerHealth>(SequencerHealth.Name);
    }

    public static void MapLog(this IEndpointRouteBuilder app)
    {
        LogEndpoints.Map(app);
        WellKnownNode.Map(app);
    }
}
