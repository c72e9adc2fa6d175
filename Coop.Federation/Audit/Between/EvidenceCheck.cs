using Coop.Federation.Replication;

namespace Coop.Federation.Audit.Between;

/// <summary>Verifies again the evidence that a node serves. It stands on its own, whoever serves it.</summary>
internal sealed class EvidenceCheck(NodeVisit node, IReadOnlyList<NodeVisit> nodes, ICollection<CrossFinding> findings)
{
    private const int MaxListSizeBytes = 1024 * 1024;

    /// <exception cref="AuditImpossibleException">The node does not answer.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        if (await RemoteJson.FetchAsync(node.Federation!, "evidence", MaxListSizeBytes, ct) is not { } list)
        {
            return;
        }

        foreach (var item in RemoteJson.List(list, "evidence"))
        {
            await CheckAsync(RemoteJson.Text(item, "id"), ct);
        }
    }

    private async Task CheckAsync(string id, CancellationToken ct)
    {
        var bytes = await node.Federation!.FetchAsync($"evidence/{Uri.EscapeDataString(id)}", EquivocationEvidence.MaxSizeBytes, ct);
        try
        {
            var evidence = EquivocationEvidence.Parse(bytes ?? throw new EvidenceException(EvidenceCodes.Malformed, "It is not served."));
            findings.Add(new(CrossCode.TwoHistories, evidence.LogKey.Name, node.Origin, $"{NameOf(evidence.LogKey.Name)} signed two histories, as the evidence that {node.Name} keeps proves{Trusted(evidence)}.") { Evidence = evidence });
        }
        catch (EvidenceException e)
        {
            findings.Add(new(CrossCode.EvidenceInvalid, node.Origin, null, $"The evidence {id} that {node.Name} serves proves nothing: {e.Message} ({e.Code})"));
        }
    }

    private string NameOf(string origin) => nodes.FirstOrDefault(n => n.Origin == origin)?.Name ?? origin;

    // Anybody can make a key of any name, and sign two histories with it.
    private string Trusted(EquivocationEvidence evidence) =>
        nodes.FirstOrDefault(n => n.Origin == evidence.LogKey.Name) is { Key: { } key } && key != evidence.LogKey
            ? $" (with the key {evidence.LogKey}, which is not the one that its log is held to now)"
            : "";
}
