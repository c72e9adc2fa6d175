using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Identity.Json;

namespace Coop.Federation.Replication;

/// <summary>
/// The proof that a log signed two histories, which anybody can verify with nothing else at hand.
/// Specified in specs/evidence.md, with vectors in specs/vectors/evidence.json.
/// </summary>
/// <remarks>
/// Two signed checkpoints of one size with different roots are a proof as they are. Of different sizes, the
/// larger tree is opened along the boundary of the smaller: hashes that compose to its signed root (RFC 6962,
/// SUBPROOF with nothing left out), and from which the root of its first entries follows, which is another
/// than the signed one. Nobody but the log can make such a pair: it takes its key, or a collision of SHA-256.
/// </remarks>
/// <param name="LogKey">The key that signed both; its name is the log's origin.</param>
/// <param name="Smaller">The checkpoint of the smaller size, with the log's signature alone.</param>
/// <param name="Larger">The other.</param>
/// <param name="Hashes">The opening; empty where the sizes are equal.</param>
public sealed record EquivocationEvidence(
    NoteKey LogKey, SignedNote Smaller, SignedNote Larger, IReadOnlyList<byte[]> Hashes)
{
    /// <summary>The member <c>type</c> of the JSON.</summary>
    public const string Type = "coop/equivocation/v1";

    /// <summary>Of the JSON: two notes with one signature each, and 64 hashes, with room to spare.</summary>
    public const int MaxSizeBytes = 64 * 1024;

    private const string PinnedMember = "pinned";

    /// <summary>How whoever made this came by the key, in their own words; nothing rests on it. Null where unsaid.</summary>
    public EvidencePin? Pinned { get; init; }

    /// <summary>SHA-256 of the canonical JSON without <c>pinned</c>, in lower-case hex.</summary>
    public string Id => Convert.ToHexStringLower(
        SHA256.HashData(CanonicalJson.SerializeWithout(ToJson(), PinnedMember)));

    /// <summary>
    /// Makes evidence of two checkpoints in any order, and verifies it; cosignatures are left out.
    /// </summary>
    /// <exception cref="EvidenceException">They prove nothing.</exception>
    public static EquivocationEvidence Create(
        NoteKey logKey, SignedNote one, SignedNote other, IReadOnlyList<byte[]> hashes, EvidencePin? pinned = null)
    {
        var notes = new[] { OfLog(one, logKey), OfLog(other, logKey) }
            .OrderBy(n => Checkpoint.Parse(n.Text).Size)
            .ThenBy(n => n.Text, StringComparer.Ordinal)
            .ToArray();
        var evidence = new EquivocationEvidence(logKey, notes[0], notes[1], hashes) { Pinned = pinned };
        evidence.Verify();
        return evidence;
    }

    /// <summary>The canonical JSON (RFC 8785) of the evidence.</summary>
    public byte[] Encode() => CanonicalJson.Serialize(ToJson());

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["type"] = Type,
            ["vkey"] = LogKey.ToString(),
            ["smaller"] = Smaller.ToString(),
            ["larger"] = Larger.ToString(),
            ["hashes"] = new JsonArray([.. Hashes.Select(h => (JsonNode)Convert.ToBase64String(h))]),
        };
        if (Pinned is not null)
        {
            json[PinnedMember] = Pinned.ToJson();
        }

        return json;
    }

    /// <summary>Whether a file claims to be evidence, so that it should be read as such.</summary>
    public static bool IsClaimedBy(ReadOnlySpan<byte> utf8) => EvidenceReader.Claims(utf8);

    /// <summary>Reads and verifies evidence: what this returns is a proof.</summary>
    /// <exception cref="EvidenceException">It is none.</exception>
    public static EquivocationEvidence Parse(ReadOnlySpan<byte> utf8)
    {
        var evidence = EvidenceReader.Read(utf8);
        evidence.Verify();
        return evidence;
    }

    /// <exception cref="EvidenceException">It does not prove that the log signed two histories.</exception>
    public void Verify()
    {
        var (smaller, larger) = (CheckpointOf(Smaller), CheckpointOf(Larger));
        if (smaller.Size > larger.Size)
        {
            throw new EvidenceException(EvidenceCodes.Malformed, "The smaller checkpoint is the larger one.");
        }

        if (smaller.Root.Span.SequenceEqual(RootInLarger(smaller, larger)))
        {
            throw new EvidenceException(EvidenceCodes.Consistent, "The two checkpoints are of one history.");
        }
    }

    public bool Equals(EquivocationEvidence? other) => other is not null && Id == other.Id;

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    /// <summary>The root that the larger tree has at the size of the smaller.</summary>
    private ReadOnlySpan<byte> RootInLarger(Checkpoint smaller, Checkpoint larger)
    {
        if (smaller.Size == larger.Size && Hashes.Count == 0)
        {
            return larger.Root.Span;
        }

        if (smaller.Size == 0 && Hashes.Count == 0)
        {
            return TreeHash.EmptyRoot;
        }

        return Proofs.ComposeRoots(smaller.Size, larger.Size, Hashes) is var (old, composed)
            && larger.Root.Span.SequenceEqual(composed)
                ? old
                : throw new EvidenceException(
                    EvidenceCodes.Hashes, "The hashes do not lead to the root of the larger checkpoint.");
    }

    private Checkpoint CheckpointOf(SignedNote note)
    {
        var checkpoint = EvidenceReader.Checked(() => Checkpoint.Parse(note.Text));
        if (checkpoint.Origin != LogKey.Name)
        {
            throw new EvidenceException(
                EvidenceCodes.Origin, $"A checkpoint is of {checkpoint.Origin}, the key of {LogKey.Name}.");
        }

        return note.IsSignedBy(LogKey)
            ? checkpoint
            : throw new EvidenceException(EvidenceCodes.Signature, "The key did not sign one of the checkpoints.");
    }

    private static SignedNote OfLog(SignedNote note, NoteKey logKey) => note with
    {
        Signatures = [.. note.Signatures.Where(s => s.Name == logKey.Name && s.KeyId == logKey.Id).Take(1)],
    };
}
