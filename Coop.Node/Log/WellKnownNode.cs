using System.Reflection;
using Coop.Node.Federation;
using Coop.Node.Federation.Witnessing;
using Coop.Node.Hosting;
using Coop.Node.Identity;

namespace Coop.Node.Log;

/// <summary>GET /.well-known/coop-node: what a peer or an auditor needs to begin.</summary>
public static class WellKnownNode
{
    internal static readonly string Version =
        typeof(WellKnownNode).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/.well-known/coop-node", HandleAsync)
            .AllowAnonymous()
            .WithTags("Log")
            .WithName("DescribeNode")
            .WithSummary("Say what this node is, and where its log is");

    /// <summary>A node.</summary>
    /// <param name="Version">The software's version.</param>
    /// <param name="Name">The co-op's name.</param>
    /// <param name="Did">The node's DID, a did:webvh; its history is at /.well-known/did.jsonl.</param>
    /// <param name="Log">Its log.</param>
    /// <param name="Federation">How peers talk to it.</param>
    public sealed record Description(
        string Version, string Name, string Did, LogDescription Log, FederationDescription Federation);

    /// <summary>A node's log.</summary>
    /// <param name="Origin">Its name in checkpoints.</param>
    /// <param name="Prefix">The path below which it is served.</param>
    /// <param name="Vkey">The key that verifies its checkpoints (C2SP signed-note).</param>
    /// <param name="WitnessVkeys">The keys of the witnesses that its present policy names; the policy is at <c>policy</c> below the prefix.</param>
    public sealed record LogDescription(
        string Origin,
        string Prefix,
        string Vkey,
        [property: System.Text.Json.Serialization.JsonPropertyName("witness_vkeys")] IReadOnlyList<string> WitnessVkeys);

    /// <summary>How peers talk to a node.</summary>
    /// <param name="Prefix">The path below which they do.</param>
    /// <param name="Witness">The node as a witness of other logs.</param>
    public sealed record FederationDescription(string Prefix, WitnessDescription Witness);

    /// <summary>A witness (C2SP tlog-witness).</summary>
    /// <param name="Prefix">The path below which checkpoints are submitted to it.</param>
    /// <param name="Vkey">The key that verifies its cosignatures.</param>
    public sealed record WitnessDescription(string Prefix, string Vkey);

    private static async Task<Description> HandleAsync(
        NodeLog log, NodeIdentity identity, NodeOptions options, WitnessPolicies policies, NodeWitness witness, CancellationToken ct)
    {
        var policy = await policies.ReadAsync(ct);
        return new(
            Version,
            options.Name,
            identity.Did,
            new(log.Origin, LogPaths.Prefix, log.Vkey.ToString(), [.. policy.Witnesses.Select(w => w.Key.ToString())]),
            new(FederationSetup.Prefix, new(WitnessEndpoints.Prefix, witness.Vkey.ToString())));
    }
}
