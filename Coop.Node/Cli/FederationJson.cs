using System.Text.Json.Nodes;
using Coop.Federation.Audit.Between;

namespace Coop.Node.Cli;

/// <summary>An audit of several nodes for machines, as specs/federation-audit.md describes it.</summary>
internal static class FederationJson
{
    public static string Write(FederationReport report) => new JsonObject
    {
        ["verdict"] = FederationVerdict.Of(report).Name,
        ["nodes"] = List(report.Nodes, Node),
        ["pairs"] = List(report.Pairs, Pair),
        ["findings"] = List(report.Findings, Finding),
        ["reason"] = null,
    }.ToJsonString(AuditJson.Indented);

    /// <summary>The answer where nothing could be audited.</summary>
    public static string Unchecked(string reason) => new JsonObject
    {
        ["verdict"] = "unchecked",
        ["nodes"] = new JsonArray(),
        ["pairs"] = new JsonArray(),
        ["findings"] = new JsonArray(),
        ["reason"] = reason,
    }.ToJsonString(AuditJson.Indented);

    private static JsonObject Node(NodeReport node)
    {
        var json = AuditJson.ToJson(node.Address.ToString(), new AuditOutcome(node.Audit, node.Reason));
        json["name"] ??= node.Node?.Name;
        json["origin"] = node.Node?.Origin;
        json["did"] = node.Node?.Did;
        json["cosignatures"] = node.Cosigned is not { } cosigned ? null : new JsonObject
        {
            ["witnesses"] = cosigned.Witnesses,
            ["needed"] = cosigned.Least,
            ["newest"] = cosigned.Newest,
            ["quorumSize"] = cosigned.QuorumSize,
        };
        return json;
    }

    private static JsonObject Pair(PairReport pair) => new()
    {
        ["node"] = pair.Node,
        ["peer"] = pair.Peer,
        ["peering"] = pair.Listing is not { } listing ? null : new JsonObject
        {
            ["id"] = listing.Id,
            ["state"] = listing.State,
            ["termsHash"] = listing.TermsHash,
            ["scopes"] = List(listing.Scopes, s => JsonValue.Create(s)),
        },
        ["mirror"] = pair.Mirror is not { } mirror ? null : new JsonObject
        {
            ["size"] = mirror.Size,
            ["entries"] = mirror.Entries,
            ["agrees"] = mirror.Agrees,
        },
        ["seen"] = new JsonObject { ["count"] = pair.Seen.Count, ["agreeing"] = pair.Seen.Agreeing },
        ["claims"] = new JsonObject
        {
            ["sent"] = pair.Claims.Sent,
            ["received"] = pair.Claims.Received,
            ["paired"] = pair.Claims.Paired,
        },
        ["trade"] = new JsonObject
        {
            ["sent"] = pair.Trade.Sent,
            ["received"] = pair.Trade.Received,
            ["paired"] = pair.Trade.Paired,
        },
    };

    private static JsonObject Finding(CrossFinding finding) => new()
    {
        ["code"] = CrossCodes.Name(finding.Code),
        ["fault"] = finding.IsFault,
        ["node"] = finding.Node,
        ["peer"] = finding.Peer,
        ["entry"] = finding.Entry,
        ["entryOf"] = finding.EntryOf,
        ["detail"] = finding.Detail,
        ["evidence"] = finding.Evidence?.ToJson(),
    };

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode> write) => new([.. items.Select(write)]);
}
