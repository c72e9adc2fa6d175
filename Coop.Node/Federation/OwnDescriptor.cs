using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Peering;
using Coop.Identity.Keys;
using Coop.Node.Database;
using Coop.Node.Federation.Witnessing;
using Coop.Node.Hosting;
using Coop.Node.Identity;

namespace Coop.Node.Federation;

/// <summary>This node as it stands in the terms of its peerings.</summary>
public sealed class OwnDescriptor(NodeOptions options, NodeIdentity identity, Transactions transactions)
{
    /// <exception cref="PeeringException">The co-op's name or address cannot stand in terms.</exception>
    public async Task<PeerDescriptor> ReadAsync(CancellationToken ct)
    {
        var head = await transactions.ReadAsync(HeadStore.ReadAsync, ct);
        var descriptor = new PeerDescriptor(
            identity.Did, options.Name, new Uri(options.WebOrigin), head.Origin, NoteKey.Parse(head.Vkey), WitnessKey(head.Origin));
        return PeerDescriptor.Parse(descriptor.ToJson());
    }

    private NoteKey WitnessKey(string origin)
    {
        using var key = KeyFiles.Witness(options.KeyFolder);
        return NoteKey.Create(NodeWitness.NameFor(origin), NoteKey.CosignatureType, key.PublicKey.Span);
    }
}
