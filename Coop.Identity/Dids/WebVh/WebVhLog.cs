using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Keys;

namespace Coop.Identity.Dids.WebVh;

/// <summary>
/// Makes the entries of a did:webvh 1.0 (sections "Create", "Update" and "Deactivate"). Pure: time and keys
/// are given, and what is made has been verified, so that nothing can be published that others refuse.
/// </summary>
public static class WebVhLog
{
    /// <summary>The first entry, which makes the DID: <see cref="WebVhEntry.Did"/>.</summary>
    /// <param name="change">Must name update keys; its document has <c>{SCID}</c> for the SCID.</param>
    /// <param name="key">One of the update keys: Ed25519.</param>
    /// <exception cref="DidException">The entry would not verify; the code tells why.</exception>
    public static WebVhEntry Create(WebVhChange change, ISigningKey key)
    {
        ArgumentNullException.ThrowIfNull(change);
        var draft = Draft(change, WebVhHash.Placeholder, previous: null);
        var scid = WebVhHash.OfFirstEntry(draft, WebVhHash.Placeholder);
        return Seal([], WebVhHash.Replace(draft, WebVhHash.Placeholder, scid), number: 1, scid, change, key);
    }

    /// <summary>The entry that follows a history.</summary>
    /// <param name="log">The bytes of <c>did.jsonl</c> so far.</param>
    /// <param name="change">What the entry says.</param>
    /// <param name="key">
    /// An update key of the last entry; with pre-rotation, one of the keys that this entry rotates to.
    /// </param>
    /// <exception cref="DidException">The history, or the entry after it, would not verify.</exception>
    public static WebVhEntry Append(ReadOnlySpan<byte> log, WebVhChange change, ISigningKey key)
    {
        ArgumentNullException.ThrowIfNull(change);
        var history = WebVhVerifier.VerifyUnwitnessed(log, change.Time);
        Check(history);
        var last = history.Last!.Entry;
        var draft = Draft(change, last.VersionId, last.VersionTime);
        return Seal(log, draft, last.VersionNumber + 1, last.VersionId, change, key);
    }

    /// <summary>A witness's approval of a version and all before it, for the proofs of <c>did-witness.json</c>.</summary>
    /// <param name="versionId">E.g. <c>3-Qm…</c>.</param>
    /// <param name="witness">The witness's key: Ed25519.</param>
    /// <param name="time">When it approves.</param>
    public static JsonObject Approve(string versionId, ISigningKey witness, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(witness);
        return WebVhProof.Create(
            new JsonObject { ["versionId"] = versionId }, witness, WebVhTime.WriteAfter(time, previous: null));
    }

    /// <summary>The content of <c>did-witness.json</c>.</summary>
    /// <param name="approvals">By versionId, what <see cref="Approve"/> made.</param>
    public static JsonArray WitnessFile(IEnumerable<(string VersionId, JsonObject Proof)> approvals) =>
        [.. approvals.GroupBy(a => a.VersionId, StringComparer.Ordinal).Select(version => new JsonObject
        {
            ["versionId"] = version.Key,
            ["proof"] = new JsonArray([.. version.Select(a => a.Proof.DeepClone())]),
        })];

    private static JsonObject Draft(WebVhChange change, string versionId, DateTimeOffset? previous) => new()
    {
        ["versionId"] = versionId,
        ["versionTime"] = WebVhTime.WriteAfter(change.Time, previous),
        ["parameters"] = change.ToParameters(isFirst: previous is null),
        ["state"] = change.State.DeepClone(),
    };

    private static WebVhEntry Seal(
        ReadOnlySpan<byte> log, JsonObject draft, int number, string predecessor, WebVhChange change, ISigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        draft["versionId"] = $"{number}-{WebVhHash.OfEntry(draft, predecessor)}";
        var created = draft["versionTime"]!.GetValue<string>();
        draft["proof"] = new JsonArray(WebVhProof.Create(draft, key, created));
        return Verified(log, draft, change);
    }

    private static WebVhEntry Verified(ReadOnlySpan<byte> log, JsonObject json, WebVhChange change)
    {
        try
        {
            var entry = WebVhEntry.Of(json);
            var history = WebVhVerifier.VerifyUnwitnessed(
                [.. log, .. Encoding.UTF8.GetBytes(entry.ToLine())], change.Time);
            Check(history);
            DidDocument.Parse(entry.State, entry.Did);
            return entry;
        }
        catch (WebVhException e)
        {
            throw new DidException(DidError.InvalidHistory, e.Code, e.Message, e);
        }
    }

    private static void Check(WebVhHistory history)
    {
        if (history.Fault is { } fault)
        {
            throw new DidException(DidError.InvalidHistory, fault.Code, $"Entry {fault.VersionNumber}: {fault.Detail}");
        }
    }
}
