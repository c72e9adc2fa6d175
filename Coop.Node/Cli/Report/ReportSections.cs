using System.Text.Json;
using Coop.Federation.Audit;
using Coop.Federation.Audit.Between;

namespace Coop.Node.Cli.Report;

/// <summary>The parts of the report that are text: what is found, each node, each pair.</summary>
internal static class ReportSections
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Html Findings(ReportFacts facts)
    {
        var report = facts.Report;
        Html[] all =
        [
            .. report.Nodes.Where(n => n.Audit?.Report.Finding is not null).Select(Finding),
            .. report.Findings.Select(f => Finding(facts, f)),
            .. report.Nodes.Where(n => n.Audit is null).Select(Silent),
        ];
        return all.Length == 0 ? Html.Empty : Html.Of($"""
            <section><h2>What was found</h2><p class="lead">Faults first; what is marked as a note speaks against nobody.</p>
            {Html.Join(all)}</section>
            """);
    }

    public static Html Nodes(ReportFacts facts) => Html.Of($"""
        <section><h2>The nodes</h2><p class="lead">Each log by itself: every entry, every link, every tile, the root and the signature.</p>
        <div class="nodes">{Html.Join(facts.Report.Nodes.Select(n => Node(facts, n)))}</div></section>
        """);

    public static Html Pairs(ReportFacts facts) => facts.Report.Pairs.Count == 0 ? Html.Empty : Html.Of($"""
        <section><h2>Between them</h2><p class="lead">What each node has of each other one.</p>
        <div class="wide"><table><thead><tr><th>Node</th><th>of</th><th>Peering</th><th>Copy</th><th>Checkpoints seen</th><th>Claims sent</th></tr></thead>
        <tbody>{Html.Join(facts.Report.Pairs.Select(p => Pair(facts, p)))}</tbody></table></div></section>
        """);

    private static Html Finding(NodeReport node)
    {
        var finding = node.Audit!.Report.Finding!;
        var entry = finding.Entry is { } at ? $", entry {ReportFacts.Number(at)}" : "";
        return Html.Of($"""<div class="finding"><p><code class="code">{FindingCodes.Name(finding.Code)}</code></p><p>{finding.Detail}</p><p class="where">In the log of {node.Name}{entry}{(finding.File is null ? "" : $", {finding.File}")}</p></div>""");
    }

    private static Html Finding(ReportFacts facts, CrossFinding finding)
    {
        var peer = finding.Peer is { } other ? $" · with {facts.NameOf(other)}" : "";
        var entry = finding.Entry is { } at ? $" · entry {ReportFacts.Number(at)} of {facts.NameOf(finding.EntryOf ?? "")}" : "";
        return Html.Of($"""<div class="finding{(finding.IsFault ? "" : " note")}"><p><code class="code">{CrossCodes.Name(finding.Code)}</code>{(finding.IsFault ? "" : " (a note)")}</p><p>{finding.Detail}</p><p class="where">{facts.NameOf(finding.Node)}{peer}{entry}</p>{Evidence(finding)}</div>""");
    }

    private static Html Evidence(CrossFinding finding) => finding.Evidence is not { } evidence ? Html.Empty
        : Html.Of($"""<details><summary>The proof, which anyone can verify with coop verify FILE (evidence {evidence.Id[..12]}…)</summary><pre class="mono">{new Html(System.Net.WebUtility.HtmlEncode(evidence.ToJson().ToJsonString(Indented)))}</pre></details>""");

    private static Html Silent(NodeReport node) =>
        Html.Of($"""<div class="finding note"><p><code class="code">unchecked</code></p><p>{node.Reason}</p><p class="where">{node.Address}</p></div>""");

    private static Html Node(ReportFacts facts, NodeReport node)
    {
        var state = facts.StateOf(node);
        var audit = node.Audit;
        var checkpoint = audit?.Report.Checkpoint;
        return Html.Of($"""
            <article class="node {state}"><h3>{node.Name}</h3><dl>
            <dt>Log</dt><dd>{Verdict(node)}</dd>
            {Between(facts, node)}
            <dt>Address</dt><dd>{node.Address}</dd>
            {Row("Entries", checkpoint is null ? null : ReportFacts.Number(checkpoint.Size))}
            {Mono("Root", checkpoint is null ? null : Convert.ToBase64String(checkpoint.Root.Span))}
            {Mono("Key", audit?.Report.Key.ToString())}
            {Row("Trusted", audit is null ? null : TrustText(audit.Trust))}
            {Row("Cosigned", node.Cosigned is { } cosigned ? FederationText.CosignedText(cosigned) : null)}
            {Mono("DID", node.Node?.Did)}
            </dl></article>
            """);
    }

    private static Html Verdict(NodeReport node) =>
        node.Audit is null ? Html.Of($"<span class=\"maybe\">not checked</span>")
        : node.Audit.Report.IsClean ? Html.Of($"<span class=\"ok\">✔ holds</span>")
        : Html.Of($"<span class=\"no\">✘ does not hold</span>");

    // A log may fit together by itself, and speak against what others have of it.
    private static Html Between(ReportFacts facts, NodeReport node)
    {
        var codes = facts.Report.Findings.Where(f => f.IsFault && f.Node == node.Origin).Select(f => CrossCodes.Name(f.Code)).Distinct().ToArray();
        return codes.Length == 0 ? Html.Empty : Html.Of($"<dt>Towards others</dt><dd class=\"no\">✘ {string.Join(", ", codes)}</dd>");
    }

    private static string TrustText(KeyTrust trust) => trust switch
    {
        KeyTrust.Given => "as given by the auditor",
        KeyTrust.Remembered => "as in the earlier audit",
        _ => "as the node shows it; compare it with what the co-op publishes elsewhere",
    };

    private static Html Row(string name, string? value) =>
        value is null ? Html.Empty : Html.Of($"<dt>{name}</dt><dd>{value}</dd>");

    private static Html Mono(string name, string? value) =>
        value is null ? Html.Empty : Html.Of($"<dt>{name}</dt><dd class=\"mono\">{value}</dd>");

    private static Html Pair(ReportFacts facts, PairReport pair) => Html.Of($"""
        <tr><td>{facts.NameOf(pair.Node)}</td><td>{facts.NameOf(pair.Peer)}</td><td>{Peering(pair)}</td>
        <td>{Mirror(pair)}</td><td>{Seen(pair)}</td><td>{Claims(pair)}</td></tr>
        """);

    private static Html Peering(PairReport pair) => pair.Listing is not { } listing ? Html.Of($"none")
        : Html.Of($"""<span class="{(listing.State == PeerListing.Active ? "ok" : "maybe")}">{listing.State}</span>""");

    private static Html Mirror(PairReport pair) => pair.Mirror is not { } mirror ? Html.Of($"–")
        : Html.Of($"""<span class="{(mirror.Agrees ? "ok" : "no")}">{(mirror.Agrees ? "✔ agrees" : "✘ differs")}</span>, {FederationVerdict.Count(mirror.Size, "entry")}""");

    private static Html Seen(PairReport pair) => pair.Seen.Count == 0 ? Html.Of($"–")
        : pair.Seen.Agreeing == pair.Seen.Count ? Html.Of($"<span class=\"ok\">✔</span> {ReportFacts.Number(pair.Seen.Count)}")
        : Html.Of($"<span class=\"no\">✘ {ReportFacts.Number(pair.Seen.Count - pair.Seen.Agreeing)}</span> of {ReportFacts.Number(pair.Seen.Count)}");

    private static Html Claims(PairReport pair) => pair.Claims.Sent + pair.Claims.Received == 0 ? Html.Of($"–")
        : Html.Of($"{ReportFacts.Number(pair.Claims.Sent)}, {ReportFacts.Number(pair.Claims.Paired)} on both sides");
}
