using System.Diagnostics;
using Coop.Federation.Peering;
using Coop.Node.Federation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Testing;

/// <summary>
/// Nodes that are peers of each other, each with each, by the real protocol: proposed by one, accepted by the other,
/// active on both sides.
/// </summary>
public sealed class PeeredNodes : IAsyncDisposable
{
    /// <summary>A busy machine may take long; the wait ends with the state and not with the time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private static readonly string[] Names = ["Acorn", "Birch", "Cedar", "Damson", "Elm", "Fir"];

    private readonly List<ExchangeNode> _nodes = [];

    public IReadOnlyList<ExchangeNode> Nodes => _nodes;

    public ExchangeNode this[int index] => _nodes[index];

    /// <summary>Starts nodes and peers each with each.</summary>
    /// <param name="count">How many, at most six.</param>
    /// <param name="configure">Replaces services of each node.</param>
    /// <param name="scopes">What each grants each; all where none is named.</param>
    public static async Task<PeeredNodes> StartAsync(
        int count, Action<WebApplicationBuilder>? configure = null, params PeeringScope[] scopes)
    {
        var nodes = new PeeredNodes();
        try
        {
            for (var i = 0; i < count; i++)
            {
                nodes._nodes.Add(await ExchangeNode.StartAsync(Names[i], configure));
            }

            for (var i = 0; i < count; i++)
            {
                for (var j = i + 1; j < count; j++)
                {
                    await PeerAsync(nodes[i], nodes[j], scopes);
                }
            }

            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes two nodes peers; the first proposes.</summary>
    public static async Task<Peering> PeerAsync(ExchangeNode proposer, ExchangeNode other, params PeeringScope[] scopes)
    {
        ArgumentNullException.ThrowIfNull(proposer);
        ArgumentNullException.ThrowIfNull(other);
        var grant = PeeringGrant.Of(scopes is [] ? PeeringScopes.All : scopes);
        var proposed = await Desk(proposer).ProposeAsync(
            AddressOf(other), grant, grant, fingerprint: null, proposer.Admin.Actor, CancellationToken.None);
        var hash = proposed.OnTable!.Terms.Hash;
        await UntilAsync(other, proposer.Did, PeeringState.Proposed);
        await Desk(other).AcceptAsync(proposed.Id, hash, other.Admin.Actor, CancellationToken.None);
        await UntilAsync(other, proposer.Did, PeeringState.Active);
        return await UntilAsync(proposer, other.Did, PeeringState.Active);
    }

    /// <summary>The node's address, as other nodes reach it.</summary>
    public static string AddressOf(ExchangeNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return $"http://localhost:{node.Node.Address.Port}";
    }

    /// <summary>Waits until the peering with that DID is in that state.</summary>
    public static async Task<Peering> UntilAsync(ExchangeNode node, string did, PeeringState state)
    {
        ArgumentNullException.ThrowIfNull(node);
        var peerings = node.Node.Services.GetRequiredService<Peerings>();
        Peering? found = null;
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < Patience; await Task.Delay(Step))
        {
            found = await peerings.FindAsync(did, CancellationToken.None);
            if (found?.State == state)
            {
                return found;
            }
        }

        throw new TimeoutException($"The peering with {did} is {found?.State.ToString() ?? "not there"}, not {state}.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private static PeeringDesk Desk(ExchangeNode node) => node.Node.Services.GetRequiredService<PeeringDesk>();
}
