using Coop.Federation.Log.Notes;

namespace Coop.Federation.Audit;

/// <summary>An audit of a running node, over HTTP and without an account.</summary>
/// <param name="Node">What the node says about itself.</param>
/// <param name="Trust">Why the key is trusted.</param>
/// <param name="Report">What was found.</param>
public sealed record NodeAudit(NodeDescription Node, KeyTrust Trust, AuditReport Report)
{
    /// <summary>Audits a node.</summary>
    /// <param name="http">The client; must not follow redirects.</param>
    /// <param name="node">The node's address.</param>
    /// <param name="given">The key that the auditor knows to be the log's; null to go by what is remembered or shown.</param>
    /// <param name="remembered">What an earlier audit remembers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Told after each bundle.</param>
    /// <param name="ct">Ends the audit.</param>
    /// <param name="chronicle">Receives what the entries tell of; then all of them are read.</param>
    /// <exception cref="AuditImpossibleException">The node did not answer, or what is given does not fit together.</exception>
    public static async Task<NodeAudit> RunAsync(
        HttpClient http,
        Uri node,
        NoteKey? given,
        AuditState? remembered,
        TimeProvider time,
        IProgress<AuditProgress>? progress,
        CancellationToken ct,
        LogChronicle? chronicle = null)
    {
        var description = await NodeDescription.FetchAsync(http, node, time, ct);
        var source = new HttpLogSource(http, description.LogAddress, time);
        return await RunAsync(description, source, given, remembered, chronicle, progress, ct);
    }

    /// <summary>Audits the log of a node that has described itself.</summary>
    /// <param name="description">What the node says about itself.</param>
    /// <param name="source">The log's files.</param>
    /// <param name="given">As for the other.</param>
    /// <param name="remembered">As for the other.</param>
    /// <param name="chronicle">Receives what the entries tell of; null where nobody wants to know.</param>
    /// <param name="progress">Told after each bundle.</param>
    /// <param name="ct">Ends the audit.</param>
    /// <exception cref="AuditImpossibleException">The node did not answer, or what is given does not fit together.</exception>
    internal static async Task<NodeAudit> RunAsync(
        NodeDescription description,
        ILogSource source,
        NoteKey? given,
        AuditState? remembered,
        LogChronicle? chronicle,
        IProgress<AuditProgress>? progress,
        CancellationToken ct)
    {
        if (given is not null && remembered is not null && given != remembered.Key)
        {
            throw new AuditImpossibleException($"The state is of the key {remembered.Key}, which is not the given one.");
        }

        var (key, trust) = given is not null ? (given, KeyTrust.Given)
            : remembered is not null ? (remembered.Key, KeyTrust.Remembered)
            : (description.Key, KeyTrust.FirstUse);
        if (Contradiction(description, key) is { } finding)
        {
            return new NodeAudit(description, trust, new AuditReport(key, null, null, remembered?.Note, 0, 0, 0, finding, null));
        }

        var auditor = new LogAuditor(source, key, remembered, chronicle);
        return new NodeAudit(description, trust, await auditor.AuditAsync(progress, ct));
    }

    private static Finding? Contradiction(NodeDescription node, NoteKey key)
    {
        if (node.Key != key)
        {
            return new Finding(FindingCode.KeyChanged, $"The node shows the key {node.Key}; the trusted one is {key}.", File: NodeDescription.Path);
        }

        return node.Origin == key.Name
            ? null
            : new Finding(FindingCode.CheckpointOrigin, $"The node calls its log {node.Origin}; its key is of {key.Name}.", File: NodeDescription.Path);
    }
}
