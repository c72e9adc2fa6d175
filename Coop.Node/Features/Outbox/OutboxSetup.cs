using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Coop.Node.Features.Outbox;

/// <summary>The services that tell peers what they must know.</summary>
public static class OutboxSetup
{
    public static void AddOutbox(this IServiceCollection services)
    {
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<StatementSigner>();
        services.AddSingleton<StatementVerifier>();
        services.AddSingleton<OutboxSender>();
        services.AddHostedService<OutboxWorker>();
    }
}
