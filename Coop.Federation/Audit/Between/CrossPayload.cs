using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Identity.Json;

namespace Coop.Federation.Audit.Between;

/// <summary>Fetches the public payload of an entry and holds it to the hash that the entry commits to.</summary>
internal static class CrossPayload
{
    private const int MaxSizeBytes = 512 * 1024;

    /// <summary>The payload; null where there is none, which is a finding then.</summary>
    /// <exception cref="AuditImpossibleException">The node does not answer.</exception>
    public static async Task<JsonObject?> FetchAsync(
        NodeVisit node, CrossEntry entry, ICollection<CrossFinding> findings, CancellationToken ct)
    {
        try
        {
            var json = await RemoteJson.FetchAsync(node.Log!, $"events/{entry.Id:D}/payload", MaxSizeBytes, ct);
            if (json is null)
            {
                findings.Add(Of(CrossCode.PayloadMissing, node, entry, $"{node.Name} does not serve the public payload of its entry {entry.Seq}."));
                return null;
            }

            var payload = RemoteJson.Object(RemoteJson.Member(json, "payload"));
            return Hash(RemoteJson.Text(json, "salt"), payload).AsSpan().SequenceEqual(entry.PayloadHash.Span)
                ? payload
                : throw new AnswerException("it is not the one that the entry commits to.");
        }
        catch (Exception e) when (e is AnswerException or FormatException or CanonicalJsonException)
        {
            findings.Add(Of(CrossCode.PayloadChanged, node, entry, $"The payload of entry {entry.Seq} of {node.Name}: {e.Message}"));
            return null;
        }
    }

    public static CrossFinding Of(CrossCode code, NodeVisit node, CrossEntry entry, string detail) =>
        new(code, node.Origin, null, detail) { Entry = entry.Seq, EntryOf = node.Origin };

    private static byte[] Hash(string salt, JsonObject payload)
    {
        var bytes = Convert.FromBase64String(salt);
        return bytes.Length == PayloadHash.SaltSizeBytes
            ? PayloadHash.Compute(bytes, CanonicalJson.Serialize(payload))
            : throw new AnswerException("its salt has another length.");
    }
}
