using System.Text;
using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;
using Coop.Identity.Keys;

namespace Coop.Node.Federation;

/// <summary>
/// A peer's DID history as this node has pinned it, and the keys in it. Immutable and thread-safe.
/// </summary>
public sealed class PinnedHistory
{
    /// <summary>How long a request may still be signed with the key before the last rotation: a node has replicas.</summary>
    public static readonly TimeSpan RotationGrace = TimeSpan.FromMinutes(1);

    private readonly WebVhHistory _history;

    private PinnedHistory(string did, string text, string witnesses, WebVhHistory history) =>
        (Did, Text, Witnesses, _history) = (did, text, witnesses, history);

    public string Did { get; }

    /// <summary>The <c>did.jsonl</c>.</summary>
    public string Text { get; }

    public string Witnesses { get; }

    /// <summary>The document now.</summary>
    public DidDocument Document => _history.Resolve(DidUrl.Parse(Did)).Document!;

    /// <summary>The last entry, e.g. <c>3-Qm…</c>.</summary>
    public string Version => _history.Entries[^1].VersionId;

    /// <exception cref="DidException">The history does not hold, or is another DID's, or is deactivated.</exception>
    public static PinnedHistory Of(string did, FetchedHistory fetched)
    {
        ArgumentNullException.ThrowIfNull(fetched);
        return Of(did, Encoding.UTF8.GetString(fetched.Log.Span), Encoding.UTF8.GetString(fetched.Witnesses.Span), fetched.History);
    }

    /// <summary>What is stored, which was checked before it was.</summary>
    public static PinnedHistory Of(string did, string history, string witnesses, DateTimeOffset now) => Of(
        did, history, witnesses,
        WebVhVerifier.Verify(Encoding.UTF8.GetBytes(history), Encoding.UTF8.GetBytes(witnesses), now));

    /// <summary>Whether this is the other history with perhaps more entries after it.</summary>
    public bool Continues(PinnedHistory earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return Did == earlier.Did && Text.StartsWith(WithLineEnd(earlier.Text), StringComparison.Ordinal);
    }

    /// <summary>
    /// The key that may sign requests now: one for authentication, which retired keys are not, or, for a moment,
    /// the one before.
    /// </summary>
    public VerificationKey? FindRequestKey(string keyId, DateTimeOffset now)
    {
        if (Find(Document, keyId, VerificationPurpose.Authentication) is { } key)
        {
            return key;
        }

        var last = _history.Entries[^1];
        return last.VersionNumber > 1 && now - last.VersionTime < RotationGrace
            && _history.Resolve(DidUrl.Parse($"{Did}?versionNumber={last.VersionNumber - 1}")).Document is { } before
                ? Find(before, keyId, VerificationPurpose.Authentication)
                : null;
    }

    /// <summary>The key that may have signed terms: a retired one has signed what it signed.</summary>
    public VerificationKey? FindAssertionKey(string keyId) =>
        Find(Document, keyId, VerificationPurpose.AssertionMethod);

    private static VerificationKey? Find(DidDocument document, string keyId, VerificationPurpose purpose) =>
        document.Find(keyId, purpose)?.Key is { Type: KeyType.Ed25519 } key ? key : null;

    private static PinnedHistory Of(string did, string text, string witnesses, WebVhHistory history)
    {
        var resolution = history.Resolve(DidUrl.Parse(did));
        return resolution.IsResolved && resolution.Document.Id == did
            ? new PinnedHistory(did, WithLineEnd(text), witnesses, history)
            : throw new DidException(
                resolution.Error == DidError.None ? DidError.InvalidHistory : resolution.Error,
                resolution.Code ?? DidCodes.NotFound, resolution.Detail ?? "The DID has moved.");
    }

    private static string WithLineEnd(string text) => text.EndsWith('\n') ? text : text + "\n";
}
