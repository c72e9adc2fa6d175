using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Log.Notes;
using Coop.Federation.Peering;
using Coop.Federation.Witnessing;
using Coop.Identity.Json;
using Coop.Identity.Net;

namespace Coop.Node.Federation.Witnessing;

/// <summary>Who witnesses for whom, by the terms of the peerings that are active. Thread-safe.</summary>
internal sealed class PeersAsWitnesses(Peerings peerings, PeerClient client) : IWitnessingPeers, ISeeingPeers
{
    private const string SeenPath = FederationSetup.Prefix + "/seen";

    // A note, escaped as JSON.
    private static readonly OutboundLimits Limits = new(2 * SignedNote.MaxSizeBytes, TimeSpan.FromSeconds(10)) { MaxRedirects = 0 };

    public async Task<NoteKey?> FindLogKeyAsync(string origin, CancellationToken ct) =>
        await peerings.FindByOriginAsync(origin, ct) is { } peering && peering.Grants(PeeringScope.Witness)
            ? peering.Peer.LogKey
            : null;

    /// <summary>
    /// Named by their place: what a peer calls itself must not clash with anything in the policy. A key that two
    /// peers claim counts once.
    /// </summary>
    public async Task<IReadOnlyList<PolicyWitness>> ListWitnessesAsync(CancellationToken ct) =>
    [
        .. (await peerings.ListAsync(ct))
            .Where(p => p.IsGranted(PeeringScope.Witness))
            .OrderBy(p => p.Since)
            .DistinctBy(p => Convert.ToHexString(p.Peer.WitnessKey.PublicKey.Span))
            .Select((p, i) => new PolicyWitness($"w{i + 1}", p.Peer.WitnessKey, p.Peer.AddressText + WitnessEndpoints.Prefix)),
    ];

    public async Task<IReadOnlyList<SeeingPeer>> ListAsync(CancellationToken ct) =>
    [
        .. (await peerings.ListAsync(ct))
            .Where(p => p.IsGranted(PeeringScope.Witness) || p.Grants(PeeringScope.Replicate))
            .Select(p => new SeeingPeer($"{p.Peer.Name} ({p.Peer.Address.Authority})", token => AskAsync(p, token))),
    ];

    private async Task<SignedNote?> AskAsync(Peering peering, CancellationToken ct)
    {
        var answer = await client.GetAsync(peering, SeenPath, Limits, ct);
        var note = (CanonicalJson.Parse(answer.Body.Span) as JsonObject)?["note"];
        return note is null ? null : SignedNote.Parse(Encoding.UTF8.GetBytes(note.GetValue<string>()));
    }
}
