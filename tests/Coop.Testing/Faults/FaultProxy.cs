using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Coop.Testing.Faults;

/// <summary>
/// Stands between Npgsql and the database server, speaks enough of the protocol to know the statements,
/// and does to each group of them what the test decides.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<ProxiedConnection> _connections = [];
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly NpgsqlConnectionStringBuilder _target;
    private readonly Random _random;
    private readonly Task _accepting;
    private Func<StatementGroup, Fault> _decide = _ => Fault.None;

    private FaultProxy(string connectionString, int seed)
    {
        _target = new(connectionString);
        _random = new(seed);
        _listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>The way to the database through this proxy.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts between the clients and the server of a connection string without TLS.</summary>
    public static FaultProxy Start(string connectionString, int seed = 0) => new(connectionString, seed);

    /// <summary>
    /// Sets what happens to each group from now on. It is asked once a group, for one at a time; groups
    /// of BEGIN or ROLLBACK alone pass unasked.
    /// </summary>
    public void Decide(Func<StatementGroup, Fault> decide)
    {
        lock (_lock)
        {
            _decide = decide;
        }
    }

    /// <summary>Lets go what was held back, and returns when the server has done it.</summary>
    public Task DeliverLateAsync()
    {
        _release.TrySetResult();
        return _delivered.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        lock (_lock)
        {
            foreach (var connection in _connections)
            {
                connection.Dispose();
            }
        }

        _stop.Dispose();
    }

    internal Fault NextFault(StatementGroup group)
    {
        lock (_lock)
        {
            return group.IsOnlyTransactionControl ? Fault.None : _decide(group);
        }
    }

    /// <summary>How much of a group gets through when the connection ends during it.</summary>
    internal int CutOf(StatementGroup group)
    {
        lock (_lock)
        {
            return _random.Next(1, group.Bytes.Length);
        }
    }

    internal Task ReleasedAsync(CancellationToken ct) => _release.Task.WaitAsync(ct);

    internal void Delivered() => _delivered.TrySetResult();

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(_target.Host!, _target.Port, _stop.Token);
            using var connection = new ProxiedConnection(this, client, server);
            lock (_lock)
            {
                _connections.Add(connection);
            }

            await connection.RunAsync(_stop.Token);
            lock (_lock)
            {
                _connections.Remove(connection);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two went away; the other hears of it by the close below.
        }
        finally
        {
            client.Dispose();
            server.Dispose();
        }
    }
}
