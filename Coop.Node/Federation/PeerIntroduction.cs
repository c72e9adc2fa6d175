using Coop.Federation.Peering;
using Coop.Identity.Dids.Dns;
using Coop.Node.Database;
using Coop.Node.Http;
using Coop.Node.Identity;

namespace Coop.Node.Federation;

/// <summary>Shows people who is at an address or behind a DID, before anything is stored or signed.</summary>
public sealed class PeerIntroduction(
    PeerDiscovery discovery, OwnDescriptor own, NodeIdentity identity, Transactions transactions)
{
    private const string LocalName = "_did.localhost";

    /// <exception cref="RefusalException">It is no node, could not be reached, or contradicts itself.</exception>
    public async Task<PeerPreview> PreviewAsync(string addressOrDid, CancellationToken ct)
    {
        var found = await discovery.FindAsync(addressOrDid, ct);
        if (found.Who.Did == identity.Did)
        {
            throw ProblemTypes.InvalidField.At("peer", "This is our own node.");
        }

        var dns = await AskDnsAsync(found.Who.Did, ct);
        var fingerprint = PeerFingerprint.Of(await own.ReadAsync(ct), found.Who);
        return await transactions.ReadAsync(
            async (connection, c) => new PeerPreview(
                found.Who, fingerprint, dns, found.History.Version,
                (await PeeringStore.FindOpenAsync(connection, found.Who.Did, c))?.Id,
                await BlockStore.FindAsync(connection, found.Who.Did, c) is not null),
            ct);
    }

    // DNS is an extra; that it does not answer says nothing.
    private static async Task<DnsAssurance?> AskDnsAsync(string did, CancellationToken ct)
    {
        var name = DnsDidRule.NameFor(did);
        if (name == LocalName)
        {
            return null;
        }

        try
        {
            return DnsDidRule.Compare(did, await new DnsDidClient(resolver: null).AskAsync(name, ct));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
