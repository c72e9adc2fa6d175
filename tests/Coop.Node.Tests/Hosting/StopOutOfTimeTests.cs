using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Coop.Node.Tests.Hosting;

public sealed class StopOutOfTimeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ServicesThatDoNotStop_AreLeftBehind(int count)
    {
        var stubborn = Enumerable.Range(0, count).Select(_ => new Stubborn()).ToList();
        var node = await TestNode.StartAsync(builder =>
        {
            stubborn.ForEach(s => builder.Services.AddSingleton<IHostedService>(s));
            builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(10));
        });

        await node.DisposeAsync();

        Assert.All(stubborn, s => Assert.True(s.WasAsked));
    }

    /// <summary>Ends only when it is no longer waited for.</summary>
    private sealed class Stubborn : IHostedService
    {
        public bool WasAsked { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            WasAsked = true;
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
