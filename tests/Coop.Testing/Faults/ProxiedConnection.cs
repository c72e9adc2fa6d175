using System.Net.Sockets;

namespace Coop.Testing.Faults;

/// <summary>
/// One client's connection, and the proxy's own to the server. It goes in steps: a group of statements
/// one way, the answers the other, so that a fault falls exactly where it is meant to.
/// </summary>
internal sealed class ProxiedConnection(FaultProxy proxy, TcpClient client, TcpClient server) : IDisposable
{
    private const int CancelRequest = 80877102;

    private enum Relay
    {
        Nothing,

        /// <summary>All that a server sends before it fails at the very last step.</summary>
        AllButTheEnd,
        All,
    }

    private readonly NetworkStream _client = client.GetStream();
    private readonly NetworkStream _server = server.GetStream();
    private char _transactionState = 'I';

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    public async Task RunAsync(CancellationToken ct)
    {
        var fromClient = new ClientStream(_client);
        var start = await fromClient.ReadStartAsync(ct);
        await _server.WriteAsync(start, ct);
        if (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(4)) == CancelRequest)
        {
            return;
        }

        await RelayLoginAsync(fromClient, ct);
        while (await fromClient.ReadGroupAsync(ct) is { } group)
        {
            if (!await PassAsync(group, fromClient, ct))
            {
                return;
            }
        }

        // Terminate; the server sees the connection close.
    }

    // Password messages go one way, challenges the other, until the server is ready.
    private async Task RelayLoginAsync(ClientStream fromClient, CancellationToken ct)
    {
        var fromServer = new ClientStream(_server);
        while (true)
        {
            var answer = await fromServer.ReadMessageAsync(ct);
            await _client.WriteAsync(answer, ct);
            // Authentication requests that want an answer; 0 is "ok" and 12 is SCRAM's last word.
            if (answer[0] == 'R' && answer[8] is not (0 or 12))
            {
                await _server.WriteAsync(await fromClient.ReadMessageAsync(ct), ct);
            }

            if (answer[0] == 'Z')
            {
                return;
            }
        }
    }

    /// <summary>Does the group, or the fault that is due; false when the connection is to end.</summary>
    private async Task<bool> PassAsync(StatementGroup group, ClientStream fromClient, CancellationToken ct)
    {
        switch (proxy.NextFault(group))
        {
            case Fault.None:
                await ForwardAsync(group, fromClient, Relay.All, ct);
                return true;
            case Fault.SerializationFailure:
                await RollBackAsync(group, ct);
                await RefuseAsync("40001", ct);
                return true;
            case Fault.UnknownNotPersisted:
                await RollBackAsync(group, ct);
                await RefuseAsync("40003", ct);
                return true;
            case Fault.UnknownPersisted:
                await ForwardAsync(group, fromClient, Relay.AllButTheEnd, ct);
                await RefuseAsync("40003", ct);
                return true;
            case Fault.LostBefore:
                return false;
            case Fault.LostDuring:
                await _server.WriteAsync(group.Bytes[..proxy.CutOf(group)], ct);
                return false;
            case Fault.LostAfter:
                await ForwardAsync(group, fromClient, Relay.Nothing, ct);
                return false;
            case Fault.LostAndDeliveredLate:
                client.Dispose();
                await proxy.ReleasedAsync(ct);
                await ForwardAsync(group, fromClient, Relay.Nothing, ct);
                proxy.Delivered();
                return false;
            default:
                throw new InvalidOperationException();
        }
    }

    // A transaction that fails at COMMIT is over; before that it waits for its ROLLBACK.
    private async Task RollBackAsync(StatementGroup group, CancellationToken ct)
    {
        if (group.Commits)
        {
            await _server.WriteAsync(ServerAnswers.Query("ROLLBACK"), ct);
            await DrainAsync(null, Relay.Nothing, ct);
        }
    }

    private Task RefuseAsync(string sqlState, CancellationToken ct) => _client
        .WriteAsync(ServerAnswers.Error(sqlState, _transactionState == 'I' ? 'I' : 'E'), ct).AsTask();

    private async Task ForwardAsync(StatementGroup group, ClientStream fromClient, Relay relay, CancellationToken ct)
    {
        // Both at once: the server may answer more than fits before it has read all.
        var sending = _server.WriteAsync(group.Bytes, ct).AsTask();
        await DrainAsync(fromClient, relay, ct);
        await sending;
    }

    /// <summary>Takes the server's answers up to ReadyForQuery.</summary>
    private async Task DrainAsync(ClientStream? fromClient, Relay relay, CancellationToken ct)
    {
        var fromServer = new ClientStream(_server);
        byte[]? heldBack = null;
        while (true)
        {
            var answer = await fromServer.ReadMessageAsync(ct);
            var isEnd = answer[0] == 'Z';
            if (relay == Relay.All || (relay == Relay.AllButTheEnd && !isEnd))
            {
                await _client.WriteAsync(heldBack, ct);
                heldBack = answer[0] == 'C' && relay == Relay.AllButTheEnd ? answer : null;
                await _client.WriteAsync(heldBack is null ? answer : null, ct);
            }

            if (isEnd)
            {
                _transactionState = (char)answer[5];
                return;
            }

            if (answer[0] == 'G' && fromClient is not null)
            {
                await RelayCopyAsync(fromClient, ct);
            }
        }
    }

    private async Task RelayCopyAsync(ClientStream fromClient, CancellationToken ct)
    {
        while (true)
        {
            var message = await fromClient.ReadMessageAsync(ct);
            await _server.WriteAsync(message, ct);
            if (message[0] is (byte)'c' or (byte)'f')
            {
                return;
            }
        }
    }
}
