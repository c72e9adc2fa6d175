using System.Net;
using System.Net.Sockets;

namespace Coop.Testing.Faults;

/// <summary>A link to a server that can be slow, break in the middle of an answer, and be cut. Carries any TCP.</summary>
public sealed class LinkProxy : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly IPEndPoint _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private readonly Task _accepting;
    private long _carried;

    private LinkProxy(Socket listener, IPEndPoint target)
    {
        (_listener, _target) = (listener, target);
        Address = new Uri($"http://{listener.LocalEndPoint}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients find the server.</summary>
    public Uri Address { get; }

    /// <summary>Whether no connection gets through; set it with <see cref="Cut"/> and <see cref="Mend"/>.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Wait before each piece of at most 16 KiB that is passed on.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Each connection ends after so many bytes of answers; asked once a connection. Null: never.</summary>
    public Func<long>? BreakAfter { get; set; }

    /// <summary>Bytes of answers that were passed on.</summary>
    public long Carried => Interlocked.Read(ref _carried);

    /// <param name="server">The server's address.</param>
    /// <param name="listener">A listening socket; default one on a free port of this machine.</param>
    public static LinkProxy Start(Uri server, Socket? listener = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (listener is null)
        {
            listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
        }

        return new LinkProxy(listener, new IPEndPoint(IPAddress.Loopback, server.Port));
    }

    /// <summary>Ends all connections, and every new one at once.</summary>
    public void Cut()
    {
        IsCut = true;
        lock (_lock)
        {
            foreach (var socket in _open)
            {
                socket.Dispose();
            }
        }
    }

    public void Mend() => IsCut = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            lock (_lock)
            {
                _open.UnionWith([client, server]);
            }

            if (!IsCut)
            {
                await server.ConnectAsync(_target, _stop.Token);
                var limit = BreakAfter?.Invoke() ?? long.MaxValue;
                await Task.WhenAny(PassAsync(client, server, long.MaxValue, isAnswer: false), PassAsync(server, client, limit, isAnswer: true));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One of the two is gone; the other hears of it now.
        }
        finally
        {
            lock (_lock)
            {
                _open.ExceptWith([client, server]);
            }

            client.Dispose();
        }
    }

    private async Task PassAsync(Socket from, Socket to, long limit, bool isAnswer)
    {
        var buffer = new byte[16 * 1024];
        for (var passed = 0L; passed < limit;)
        {
            var count = await from.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, limit - passed)), SocketFlags.None, _stop.Token);
            if (count == 0)
            {
                return;
            }

            await Task.Delay(Delay, _stop.Token);
            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None, _stop.Token);
            }

            passed += count;
            Interlocked.Add(ref _carried, isAnswer ? count : 0);
        }
    }
}
