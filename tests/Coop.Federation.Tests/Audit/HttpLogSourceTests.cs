using Coop.Federation.Audit;

namespace Coop.Federation.Tests.Audit;

public class HttpLogSourceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_FilesBelowThePrefix()
    {
        await using var server = LogServer.Start((path, response) => response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(path)).AsTask());
        foreach (var prefix in new[] { "log", "log/" })
        {
            var source = new HttpLogSource(server.Client, new Uri(server.Address, prefix), TimeProvider.System);
            Assert.Equal("log/tile/0/000", System.Text.Encoding.UTF8.GetString((await source.FetchAsync("tile/0/000", 100, Ct))!));
        }
    }

    [Fact]
    public async Task Answers_Null_WhereThereIsNoFile()
    {
        await using var server = LogServer.Start((_, response) =>
        {
            response.StatusCode = 404;
            return Task.CompletedTask;
        });
        Assert.Null(await Source(server).FetchAsync("x", 100, Ct));
    }

    [Fact]
    public async Task Reads_OneByteMoreThanTheLimit_OfAFileWithoutEnd()
    {
        await using var server = LogServer.Start(async (_, response) =>
        {
            response.SendChunked = true;
            while (true)
            {
                await response.OutputStream.WriteAsync(new byte[64 * 1024]);
            }
        });
        Assert.Equal(100_001, (await Source(server).FetchAsync("x", 100_000, Ct))!.Length);
    }

    [Fact]
    public async Task TriesAgain_WhenTheServerIsBusy()
    {
        var asked = 0;
        await using var server = LogServer.Start((_, response) =>
        {
            response.StatusCode = ++asked < 3 ? 503 : 200;
            return Task.CompletedTask;
        });
        Assert.Empty((await Source(server).FetchAsync("x", 100, Ct))!);
        Assert.Equal(3, asked);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(403)]
    [InlineData(301)]
    public async Task GivesUp_OnOtherAnswers(int status)
    {
        await using var server = LogServer.Start((_, response) =>
        {
            response.StatusCode = status;
            response.RedirectLocation = "http://127.0.0.1:9/";
            return Task.CompletedTask;
        });
        var e = await Assert.ThrowsAsync<AuditImpossibleException>(() => Source(server).FetchAsync("x", 100, Ct));
        Assert.Contains($"{status}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivesUp_WhenTheBodyBreaksOff()
    {
        await using var server = LogServer.Start(async (_, response) =>
        {
            response.ContentLength64 = 1000;
            await response.OutputStream.WriteAsync(new byte[10]);
            response.Abort();
        });
        await Assert.ThrowsAsync<AuditImpossibleException>(() => Source(server).FetchAsync("x", 10_000, Ct));
    }

    [Fact]
    public async Task GivesUp_WhenNobodyListens()
    {
        var server = LogServer.Start((_, _) => Task.CompletedTask);
        await server.DisposeAsync();
        using var http = new HttpClient();
        var source = new HttpLogSource(http, server.Address, TimeProvider.System);
        await Assert.ThrowsAsync<AuditImpossibleException>(() => source.FetchAsync("x", 100, Ct));
    }

    [Fact]
    public async Task Stops_WhenItIsCancelled()
    {
        await using var server = LogServer.Start((_, response) =>
        {
            response.StatusCode = 503;
            return Task.CompletedTask;
        });
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Source(server).FetchAsync("x", 100, cancelled.Token));
    }

    private static HttpLogSource Source(LogServer server) => new(server.Client, server.Address, TimeProvider.System);
}
