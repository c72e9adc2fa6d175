using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Coop.Identity.Tests.Dids.Dns;

/// <summary>A DNS server of this machine (RFC 1035, over UDP) that answers every name alike.</summary>
internal sealed class FakeDns : IDisposable
{
    private const ushort Txt = 16;
    private const ushort Uri = 256;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));

    public FakeDns() => _ = ServeAsync();

    public string? UriTarget { get; set; }

    public string? Text { get; set; }

    public bool SaysAuthentic { get; set; }

    /// <summary>0: no error; 3: no such name; 2: the server failed.</summary>
    public byte ResponseCode { get; set; }

    public IPEndPoint Address => (IPEndPoint)_socket.Client.LocalEndPoint!;

    public void Dispose() => _socket.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var request = await _socket.ReceiveAsync();
                await _socket.SendAsync(Answer(request.Buffer), request.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private byte[] Answer(byte[] request)
    {
        var end = 12;
        while (request[end] != 0)
        {
            end += request[end] + 1;
        }

        var question = request[12..(end + 5)];
        var type = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(end + 1));
        var data = Data(type);
        var flags = (byte)((SaysAuthentic ? 0x20 : 0) | 0x80 | ResponseCode);
        byte[] header = [.. request[..2], 0x81, flags, 0, 1, 0, (byte)(data is null ? 0 : 1), 0, 0, 0, 0];
        return data is null
            ? [.. header, .. question]
            : [.. header, .. question, 0xC0, 12, (byte)(type >> 8), (byte)(type & 0xFF), 0, 1, 0, 0, 0, 60, 0, (byte)data.Length, .. data];
    }

    // RFC 7553: priority, weight, target. RFC 1035: length and text.
    private byte[]? Data(ushort type) => type switch
    {
        Uri when UriTarget is { } target => [0, 1, 0, 1, .. Encoding.ASCII.GetBytes(target)],
        Txt when Text is { } text => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)],
        _ => null,
    };
}
