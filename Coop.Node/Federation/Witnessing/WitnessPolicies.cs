using Coop.Federation.Witnessing;
using Coop.Node.Hosting;
using Coop.Node.Log;

namespace Coop.Node.Federation.Witnessing;

/// <summary>
/// Whose cosignatures the node's own checkpoints ask for: the operator's policy, else one made of the peers
/// with witness duty, of whom more than half must have cosigned. Thread-safe.
/// </summary>
public sealed class WitnessPolicies(NodeOptions options, NodeLog log, IWitnessingPeers peers) : IHostedService
{
    private WitnessPolicy? _own;

    /// <exception cref="FormatException">The operator's file is not a policy, or one for other logs alone.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.WitnessPolicyFile is { } file)
        {
            _own = Check(await File.ReadAllBytesAsync(file, cancellationToken), file);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The policy as it is now.</summary>
    public async Task<WitnessPolicy> ReadAsync(CancellationToken ct) => _own ?? Default(await peers.ListWitnessesAsync(ct));

    private WitnessPolicy Default(IReadOnlyList<PolicyWitness> witnesses)
    {
        var counted = witnesses.Take(Cosignatures.MostCosignatures).ToList();
        var address = new Uri(options.PublicUrl, LogPaths.Prefix).AbsoluteUri;
        return WitnessPolicy.Threshold(
            new PolicyLog(log.Vkey, address), counted, counted.Count == 0 ? 0 : (counted.Count / 2) + 1);
    }

    private WitnessPolicy Check(byte[] octets, string file)
    {
        try
        {
            var policy = WitnessPolicy.Parse(octets);
            return policy.Logs.Count == 0 || policy.Logs.Any(l => l.Key == log.Vkey)
                ? policy
                : throw new FormatException($"it names logs, and not this one: {log.Vkey}");
        }
        catch (FormatException e)
        {
            throw new FormatException($"The witness policy {file} cannot be used: {e.Message}", e);
        }
    }
}
