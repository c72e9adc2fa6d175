using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Coop.Identity.Tests.Net;

/// <summary>A web server of this machine that answers each path with bytes that the test chooses.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, byte[]?> _answer;
    private int _requests;

    /// <param name="answer">The whole response for a path; null to answer nothing, ever.</param>
    public RawServer(Func<string, byte[]?> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Requests => _requests;

    public Uri Address(string path) => new($"http://localhost:{Port}{path}");

    public static byte[] Ok(byte[] body, string headers = "") =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {body.Length}\r\n{headers}\r\n"), .. body];

    public static byte[] Ok(string body, string headers = "") => Ok(Encoding.UTF8.GetBytes(body), headers);

    public static byte[] Status(int status, string headers = "") =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: 0\r\n{headers}\r\n");

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            using var reader = new StreamReader(stream);
            var path = (await reader.ReadLineAsync() ?? "").Split(' ')[1];
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
            }

            Interlocked.Increment(ref _requests);
            if (_answer(path) is { } answer)
            {
                await stream.WriteAsync(answer);
            }
            else
            {
                await Task.Delay(TimeSpan.FromSeconds(20));
            }
        }
        catch (IOException)
        {
            // The client heard enough.
        }
    }
}
