using Coop.Node.Database;
using Coop.Node.Hosting;
using Coop.Node.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Coop.Node.Tests.Log;

/// <summary>
/// Makes the node's DID before the node looks for it, and keeps its event out of the log: for tests that
/// count what is in there.
/// </summary>
internal sealed class SilentIdentity(Transactions transactions, NodeOptions options, TimeProvider time) : IHostedService
{
    public static void AddTo(IServiceCollection services)
    {
        var identity = services.First(s => s.ImplementationFactory is Func<IServiceProvider, NodeIdentity>);
        services.Insert(services.IndexOf(identity), ServiceDescriptor.Singleton<IHostedService, SilentIdentity>());
    }

    // The events of a scope that nobody commits are written nowhere.
    public Task StartAsync(CancellationToken cancellationToken) => transactions.MaintainAsync(
        (transaction, ct) => NodeDidWriter.CreateAsync(new(transaction, new(time.GetUtcNow())), options, ct),
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
