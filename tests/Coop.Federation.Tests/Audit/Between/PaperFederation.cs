using System.Collections.Concurrent;
using Coop.Federation.Audit;
using Coop.Federation.Audit.Between;

namespace Coop.Federation.Tests.Audit.Between;

/// <summary>
/// Three co-ops that are peers of each other, with copies, cosignatures, what they saw and claims, all in order.
/// </summary>
internal sealed class PaperFederation
{
    public const string Claim = "0198a0b0-0000-7000-8000-0000000000c1";

    private readonly ConcurrentDictionary<string, Dictionary<string, byte[]?>> _files = [];

    private readonly List<Uri> _more = [];

    public PaperFederation(int size = 300)
    {
        foreach (var coop in Coops)
        {
            coop.AppendMany(size);
        }

        Acorn.Saw(Birch).Claimed("claim.sent", Claim, Birch).AppendMany(3);
        Birch.Saw(Acorn).Claimed("claim.received", Claim, Acorn).AppendMany(3).Saw(Acorn);
        Cedar.Saw(Birch).AppendMany(size).Saw(Acorn);
        foreach (var coop in Coops)
        {
            foreach (var peer in Coops.Where(c => c != coop))
            {
                coop.AddPeer(peer);
                coop.Witnesses.Add(peer);
                coop.Mirrors[peer.Origin] = peer.Publish();
            }
        }
    }

    public PaperCoop Acorn { get; } = new("acorn");

    public PaperCoop Birch { get; } = new("birch");

    public PaperCoop Cedar { get; } = new("cedar");

    public IReadOnlyList<PaperCoop> Coops => [Acorn, Birch, Cedar];

    /// <summary>Nodes that do not answer.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>Serves a co-op's log at one more address, which is audited too.</summary>
    public void Serve(string host, PaperCoop coop)
    {
        _files[host] = coop.Files();
        _more.Add(new Uri($"https://{host}/"));
    }

    public Task<FederationReport> AuditAsync(FederationTrust? trust = null) =>
        new FederationAuditor(Open, trust ?? FederationTrust.None, TimeSpan.Zero, TimeProvider.System)
            .RunAsync([.. Coops.Select(c => c.Address), .. _more], _ => null, TestContext.Current.CancellationToken);

    private Source Open(Uri address) => new(this, address);

    private Dictionary<string, byte[]?> FilesOf(string host) =>
        _files.GetOrAdd(host, h => Coops.Single(c => c.Host == h).Files());

    private sealed class Source(PaperFederation federation, Uri address) : ILogSource
    {
        public Task<byte[]?> FetchAsync(string path, int maxSizeBytes, CancellationToken ct)
        {
            if (federation.Silent.Contains(address.Host))
            {
                throw new AuditImpossibleException($"{address.Host} does not answer.");
            }

            var file = federation.FilesOf(address.Host).GetValueOrDefault(address.AbsolutePath.TrimEnd('/') + "/" + path);
            return Task.FromResult(file?.Length > maxSizeBytes ? file[..(maxSizeBytes + 1)] : file);
        }
    }
}
