using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Coop.Federation.Tests.Audit;

/// <summary>A real HTTP server on a free port of this machine, with answers as the test says.</summary>
internal sealed class LogServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    private LogServer(HttpListener listener, Uri address, Func<string, HttpListenerResponse, Task> answer)
    {
        _listener = listener;
        Address = address;
        _serving = ServeAsync(answer);
    }

    public Uri Address { get; }

    public HttpClient Client { get; } =
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="answer">Takes a path without its first slash.</param>
    public static LogServer Start(Func<string, HttpListenerResponse, Task> answer)
    {
        while (true)
        {
            var address = new Uri($"http://127.0.0.1:{FreePort()}/");
            var listener = new HttpListener();
            listener.Prefixes.Add(address.AbsoluteUri);
            try
            {
                listener.Start();
                return new LogServer(listener, address, answer);
            }
            catch (HttpListenerException)
            {
                // Somebody took the port in between.
                listener.Close();
            }
        }
    }

    /// <summary>Serves a log as a node does, and shows that key.</summary>
    public static LogServer Start(PublishedLog log, string vkey, string origin = PublishedLog.Origin) => Start((path, response) =>
    {
        var description = new { name = "Test Co-op", log = new { origin, prefix = "/log", vkey } };
        var file = path == ".well-known/coop-node"
            ? JsonSerializer.SerializeToUtf8Bytes(description)
            : path.StartsWith("log/", StringComparison.Ordinal) ? log.Files.GetValueOrDefault(path[4..]) : null;
        response.StatusCode = file is null ? 404 : 200;
        return response.OutputStream.WriteAsync(file ?? []).AsTask();
    });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync(Func<string, HttpListenerResponse, Task> answer)
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = AnswerAsync(context, answer);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static async Task AnswerAsync(HttpListenerContext context, Func<string, HttpListenerResponse, Task> answer)
    {
        try
        {
            await answer(context.Request.Url!.AbsolutePath[1..], context.Response);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            context.Response.Abort();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
