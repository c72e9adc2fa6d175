using System.IO.Compression;
using System.Net;
using Coop.Identity.Net;

namespace Coop.Identity.Tests.Net;

public sealed class OutboundHttpTests : IDisposable
{
    private static readonly OutboundLimits Small = new(1000, TimeSpan.FromSeconds(5));

    private readonly OutboundHttp _open = new(new OutboundOptions { AllowHttp = true, AllowPrivateAddresses = true });
    private readonly OutboundHttp _closed = new(new OutboundOptions());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_BodyTypeAndFreshness()
    {
        using var server = new RawServer(path => path == "/gone"
            ? RawServer.Status(410)
            : RawServer.Ok("text", "Content-Type: text/plain; charset=utf-8\r\nCache-Control: max-age=60\r\nAge: 20\r\n"));
        var answer = await _open.GetAsync(server.Address("/"), Small, Ct);
        Assert.Equal((200, "text/plain", TimeSpan.FromSeconds(40)), (answer.Status, answer.MediaType, answer.FreshFor));
        Assert.Equal("text"u8.ToArray(), answer.Body.ToArray());
        Assert.Equal(410, (await _open.GetAsync(server.Address("/gone"), Small, Ct)).Status);
    }

    [Theory]
    [InlineData("Cache-Control: no-store\r\n", 0)]
    [InlineData("Cache-Control: no-cache, max-age=9\r\n", 0)]
    [InlineData("Cache-Control: max-age=5\r\nAge: 9\r\n", 0)]
    [InlineData("Date: Sun, 01 Mar 2026 12:00:00 GMT\r\nExpires: Sun, 01 Mar 2026 12:01:00 GMT\r\n", 60)]
    [InlineData("", null)]
    public async Task Reads_HowLongAnAnswerMayBeKept(string headers, int? seconds)
    {
        using var server = new RawServer(_ => RawServer.Ok("", headers));
        var answer = await _open.GetAsync(server.Address("/"), Small, Ct);
        Assert.Equal(seconds, (int?)answer.FreshFor?.TotalSeconds);
    }

    [Theory]
    [InlineData("http://coop.example/")]
    [InlineData("ftp://coop.example/")]
    [InlineData("https://user@coop.example/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://localhost/")]
    public async Task Refuses_OtherSchemesAndPrivateAddresses(string address) =>
        Assert.Equal(OutboundError.Refused, await ErrorAsync(_closed, new Uri(address)));

    [Fact]
    public async Task Refuses_ANameThatLeadsToPrivateAddresses_WheneverItIsAsked()
    {
        // The first answer would be public; what counts is the address of the connection.
        var answers = new Queue<IPAddress>([IPAddress.Loopback, IPAddress.Parse("192.168.1.1"), IPAddress.Parse("::1")]);
        using var http = new OutboundHttp(new OutboundOptions { FindAddresses = (_, _) => Task.FromResult<IPAddress[]>([answers.Dequeue()]) });
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(OutboundError.Refused, await ErrorAsync(http, new Uri("https://coop.example/")));
        }

        Assert.Empty(answers);
    }

    [Fact]
    public async Task Follows_ThreeRedirects_AndNoMore()
    {
        using var server = new RawServer(path => path switch
        {
            "/loop" => RawServer.Status(302, "Location: /loop\r\n"),
            "/0" => RawServer.Ok("end"),
            _ => RawServer.Status(307, $"Location: /{int.Parse(path[1..]) - 1}\r\n"),
        });
        Assert.Equal("/0", (await _open.GetAsync(server.Address("/3"), Small, Ct)).Address.AbsolutePath);
        Assert.Equal(OutboundError.TooManyRedirects, await ErrorAsync(_open, server.Address("/4")));
        var before = server.Requests;
        Assert.Equal(OutboundError.TooManyRedirects, await ErrorAsync(_open, server.Address("/loop")));
        Assert.Equal(before + 1, server.Requests);
    }

    [Fact]
    public async Task Judges_ARedirectAsTheFirstRequest()
    {
        using var server = new RawServer(_ => RawServer.Status(302, "Location: ftp://localhost/\r\n"));
        Assert.Equal(OutboundError.Refused, await ErrorAsync(_open, server.Address("/")));
    }

    [Fact]
    public async Task Bounds_TheBody_AlsoWhenItIsCompressed()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[10_000_000]);
        }

        using var server = new RawServer(path => path == "/bomb"
            ? RawServer.Ok(bomb.ToArray(), "Content-Encoding: gzip\r\n")
            : RawServer.Ok(new byte[int.Parse(path[1..])]));
        Assert.Equal(1000, (await _open.GetAsync(server.Address("/1000"), Small, Ct)).Body.Length);
        Assert.Equal(OutboundError.TooLarge, await ErrorAsync(_open, server.Address("/1001")));
        Assert.Equal(OutboundError.TooLarge, await ErrorAsync(_open, server.Address("/bomb")));
    }

    [Fact]
    public async Task Bounds_TheTime()
    {
        using var server = new RawServer(_ => null);
        var limits = new OutboundLimits(1000, TimeSpan.FromMilliseconds(200));
        var e = await Assert.ThrowsAsync<OutboundException>(() => _open.GetAsync(server.Address("/"), limits, Ct));
        Assert.Equal(OutboundError.TooSlow, e.Error);
    }

    [Fact]
    public async Task Says_WhenNobodyAnswers()
    {
        int port;
        using (var server = new RawServer(_ => null))
        {
            port = server.Port;
        }

        Assert.Equal(OutboundError.Unreachable, await ErrorAsync(_open, new Uri($"http://localhost:{port}/")));
        using var nonsense = new RawServer(_ => "not http"u8.ToArray());
        Assert.Equal(OutboundError.Unreachable, await ErrorAsync(_open, nonsense.Address("/")));
    }

    public void Dispose()
    {
        _open.Dispose();
        _closed.Dispose();
    }

    private static async Task<OutboundError> ErrorAsync(OutboundHttp http, Uri address) =>
        (await Assert.ThrowsAsync<OutboundException>(() => http.GetAsync(address, Small, Ct))).Error;
}
