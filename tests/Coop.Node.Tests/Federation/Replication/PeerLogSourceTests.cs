using System.Diagnostics;
using Coop.Federation.Audit;
using Coop.Federation.Tests.Audit;
using Coop.Identity.Net;
using Coop.Node.Federation.Replication;

namespace Coop.Node.Tests.Federation.Replication;

/// <summary>Logs over HTTP that are busy, slow, endless or elsewhere.</summary>
public sealed class PeerLogSourceTests : IDisposable
{
    private readonly OutboundHttp _http = new(new OutboundOptions { AllowHttp = true, AllowPrivateAddresses = true });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Waits_AsLongAsTheLogAsks_WithAllItsRequests()
    {
        var (asked, isBusy) = (0, true);
        await using var server = LogServer.Start((path, response) =>
        {
            Interlocked.Increment(ref asked);
            if (isBusy)
            {
                isBusy = false;
                response.StatusCode = 429;
                response.Headers["Retry-After"] = "2";
            }

            return Task.CompletedTask;
        });
        var source = Source(server);
        var clock = Stopwatch.StartNew();
        Assert.Empty((await source.FetchAsync("a", 10, Ct))!);
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(1.8), $"It came after {clock.Elapsed}.");
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task ComesBackAnotherTime_WhenTheLogAsksForLonger()
    {
        var asked = 0;
        await using var server = LogServer.Start((_, response) =>
        {
            asked++;
            response.StatusCode = 503;
            response.Headers["Retry-After"] = "3600";
            return Task.CompletedTask;
        });
        var e = await Assert.ThrowsAsync<LogBusyException>(() => Source(server).FetchAsync("a", 10, Ct));
        Assert.Equal((TimeSpan.FromHours(1), 1), (e.RetryAfter, asked));
    }

    [Fact]
    public async Task TakesNoMoreThanTheLimit_OfAnEndlessAnswer()
    {
        await using var server = LogServer.Start(async (_, response) =>
        {
            response.SendChunked = true;
            while (true)
            {
                await response.OutputStream.WriteAsync(new byte[64 * 1024]);
            }
        });
        Assert.Equal(100_001, (await Source(server).FetchAsync("a", 100_000, Ct))!.Length);
    }

    [Fact]
    public async Task GivesUp_OnAnAnswerThatDrips()
    {
        await using var server = LogServer.Start(async (_, response) =>
        {
            response.SendChunked = true;
            while (true)
            {
                await response.OutputStream.WriteAsync(new byte[1]);
                await response.OutputStream.FlushAsync();
                await Task.Delay(20);
            }
        });
        var source = new PeerLogSource(_http, server.Address, TimeProvider.System) { Timeout = TimeSpan.FromMilliseconds(400) };
        await Assert.ThrowsAsync<AuditImpossibleException>(() => source.FetchAsync("a", 100_000, Ct));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(400)]
    public async Task GivesUp_OnOtherAnswers(int status)
    {
        var asked = 0;
        await using var server = LogServer.Start((_, response) =>
        {
            asked++;
            response.StatusCode = status;
            return Task.CompletedTask;
        });
        await Assert.ThrowsAsync<AuditImpossibleException>(() => Source(server).FetchAsync("a", 10, Ct));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Answers_Null_WhereThereIsNoFile()
    {
        await using var server = LogServer.Start((_, response) =>
        {
            response.StatusCode = 404;
            return Task.CompletedTask;
        });
        Assert.Null(await Source(server).FetchAsync("a", 10, Ct));
    }

    [Fact]
    public async Task NeverAsks_PrivateAddresses()
    {
        using var http = new OutboundHttp(new OutboundOptions { AllowHttp = true });
        var source = new PeerLogSource(http, new Uri("http://127.0.0.1:9/log"), TimeProvider.System);
        await Assert.ThrowsAsync<AuditImpossibleException>(() => source.FetchAsync("checkpoint", 10, Ct));
    }

    private PeerLogSource Source(LogServer server) => new(_http, server.Address, TimeProvider.System);
}
