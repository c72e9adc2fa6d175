using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Coop.Bench;

/// <summary>
/// One HTTP/1.1 connection (RFC 9112) that sends and waits, costing as little as load tools do: node and load
/// share the machine, and the node is what is measured. Not thread-safe.
/// </summary>
internal sealed class LeanHttpClient : IDisposable
{
    private const int MaxAnswerSizeBytes = 256 * 1024;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[MaxAnswerSizeBytes];
    private readonly string _host;
    private readonly string _token;

    private LeanHttpClient(Uri address, string token) => (_host, _token) = (address.Authority, token);

    /// <param name="address">The server's.</param>
    /// <param name="token">A bearer token; empty to be nobody.</param>
    public static async Task<LeanHttpClient> ConnectAsync(Uri address, string token = "")
    {
        var client = new LeanHttpClient(address, token);
        await client._socket.ConnectAsync(address.Host, address.Port);
        return client;
    }

    /// <exception cref="HttpRequestException">The status is not 200, or the answer is larger than this reads.</exception>
    public async Task PutJsonAsync(string path, string json)
    {
        var request = $"""
            PUT {path} HTTP/1.1
            Host: {_host}
            Authorization: Bearer {_token}
            Content-Type: application/json
            Content-Length: {json.Length}

            {json}
            """.ReplaceLineEndings("\r\n");
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request));
        await ReadAnswerAsync();
    }

    /// <param name="path">Where to.</param>
    /// <param name="json">ASCII.</param>
    /// <param name="key">The request's idempotency key; null for none.</param>
    /// <exception cref="HttpRequestException">The status is not 200 or 201, or the answer is larger than this reads.</exception>
    public async Task PostJsonAsync(string path, string json, string? key = null)
    {
        var named = key is null ? "" : $"X-Idempotency-Key: {key}\r\n";
        var request =
            $"POST {path} HTTP/1.1\r\nHost: {_host}\r\nAuthorization: Bearer {_token}\r\n{named}"
            + $"Content-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request));
        await ReadAnswerAsync();
    }

    /// <exception cref="HttpRequestException">The status is not 200, or the answer is larger than this reads.</exception>
    public async Task GetAsync(string path)
    {
        await _socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {_host}\r\n\r\n"));
        await ReadAnswerAsync();
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadAnswerAsync()
    {
        var size = 0;
        while (!IsComplete(_answer.AsSpan(0, size)))
        {
            var read = size < _answer.Length ? await _socket.ReceiveAsync(_answer.AsMemory(size)) : 0;
            if (read == 0)
            {
                throw new HttpRequestException("The answer was cut short, or is too long.");
            }

            size += read;
        }

        if (!_answer.AsSpan().StartsWith("HTTP/1.1 200 "u8) && !_answer.AsSpan().StartsWith("HTTP/1.1 201 "u8))
        {
            throw new HttpRequestException(Encoding.UTF8.GetString(_answer, 0, size));
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var headSize = answer.IndexOf("\r\n\r\n"u8);
        if (headSize < 0)
        {
            return false;
        }

        var field = "\r\nContent-Length: "u8;
        var start = answer[..headSize].IndexOf(field);
        if (start >= 0)
        {
            return Utf8Parser.TryParse(answer[(start + field.Length)..], out int length, out _)
                && answer.Length >= headSize + 4 + length;
        }

        // Without a length it is chunked, and ends with the empty chunk.
        return answer.EndsWith("\r\n0\r\n\r\n"u8);
    }
}
