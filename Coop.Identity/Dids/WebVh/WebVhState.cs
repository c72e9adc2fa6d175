using System.Text.Json.Nodes;
using Coop.Identity.Credentials.DataIntegrity;

namespace Coop.Identity.Dids.WebVh;

/// <summary>
/// What the entries so far have established; each further one is checked against it, in the order of
/// did:webvh 1.0, "Read (Resolve)".
/// </summary>
internal sealed record WebVhState(WebVhEntry Entry, WebVhParameters Parameters, WebVhWitnessRule? RequiredWitness)
{
    /// <summary>Read once, however often the DID is resolved.</summary>
    /// <exception cref="DidException">The entry's document is malformed.</exception>
    public DidDocument Document => field ??= DidDocument.Parse(Entry.State, Entry.Did);

    /// <summary>Checks the entry that follows <paramref name="before"/>, or the first one.</summary>
    /// <exception cref="WebVhException">It does not hold.</exception>
    public static WebVhState Follow(WebVhState? before, WebVhEntry entry, DateTimeOffset now)
    {
        CheckOrder(before, entry, now);
        var parameters = before is null ? WebVhParameters.First(entry.Parameters) : before.Parameters.Then(entry.Parameters);
        CheckHashes(before, entry, parameters);
        CheckKeys(before, entry, parameters);
        CheckId(before, entry, parameters);
        return new WebVhState(entry, parameters, Witness(before, parameters));
    }

    private static void CheckOrder(WebVhState? before, WebVhEntry entry, DateTimeOffset now)
    {
        if (before?.Parameters.IsDeactivated == true)
        {
            throw new WebVhException(WebVhCodes.AfterDeactivation, "The DID was deactivated before this entry.");
        }

        if (entry.VersionNumber != (before?.Entry.VersionNumber ?? 0) + 1)
        {
            throw new WebVhException(WebVhCodes.VersionNumber, "The version number is not one more than the last.");
        }

        if (before is not null && entry.VersionTime <= before.Entry.VersionTime)
        {
            throw new WebVhException(WebVhCodes.TimeOrder, "The entry is not later than the one before.");
        }

        if (entry.VersionTime > now + WebVhLimits.ClockTolerance)
        {
            throw new WebVhException(WebVhCodes.TimeFuture, "The entry is of a time that has not come.");
        }
    }

    private static void CheckHashes(WebVhState? before, WebVhEntry entry, WebVhParameters parameters)
    {
        if (!WebVhHash.IsSha256(parameters.Scid) || !WebVhHash.IsSha256(entry.EntryHash))
        {
            throw new WebVhException(WebVhCodes.HashAlgorithm, "SCID and entry hash must be multihashes of SHA-256.");
        }

        if (before is null && WebVhHash.OfFirstEntry(entry.Json, parameters.Scid) != parameters.Scid)
        {
            throw new WebVhException(WebVhCodes.Scid, "The SCID is not the hash of the first entry.");
        }

        if (WebVhHash.OfEntry(entry.Json, before?.Entry.VersionId ?? parameters.Scid) != entry.EntryHash)
        {
            throw new WebVhException(WebVhCodes.EntryHash, "The entry is not what its hash says.");
        }
    }

    // With pre-rotation an entry is signed by its own keys, which the one before committed to.
    private static void CheckKeys(WebVhState? before, WebVhEntry entry, WebVhParameters parameters)
    {
        var hasPreRotation = before?.Parameters.HasPreRotation == true;
        if (hasPreRotation && parameters.UpdateKeys.Any(k => !before!.Parameters.NextKeyHashes.Contains(WebVhHash.OfKey(k))))
        {
            throw new WebVhException(WebVhCodes.KeyNotCommitted, "The entry before did not commit to this entry's keys.");
        }

        var active = before is null || hasPreRotation ? parameters.UpdateKeys : before.Parameters.UpdateKeys;
        foreach (var proof in entry.Proofs())
        {
            CheckProof(entry, proof, active);
        }
    }

    private static void CheckProof(WebVhEntry entry, JsonObject proof, IReadOnlyList<string> active)
    {
        var multikey = WebVhProof.Signer(proof);
        if (!active.Contains(multikey))
        {
            throw new WebVhException(WebVhCodes.KeyNotAuthorized, "The proof is by a key that may not update the DID.");
        }

        if (WebVhProof.Check(entry.Json, proof, multikey) is var check && check != ProofCheck.Valid)
        {
            throw new WebVhException(WebVhCodes.Proof, $"The proof does not hold: {check}.");
        }
    }

    private static void CheckId(WebVhState? before, WebVhEntry entry, WebVhParameters parameters)
    {
        try
        {
            if (WebVhDid.Parse(entry.Did).Scid != parameters.Scid)
            {
                throw new WebVhException(WebVhCodes.Id, "The document's id has another SCID.");
            }
        }
        catch (DidException e)
        {
            throw new WebVhException(WebVhCodes.Id, "The document's id is no did:webvh.", e);
        }

        if (before is not null && before.Entry.Did != entry.Did
            && !(parameters.IsPortable && IsAlsoKnownAs(entry.State, before.Entry.Did)))
        {
            throw new WebVhException(
                WebVhCodes.Moved, "The DID moved, and is not portable or does not name the DID before as alsoKnownAs.");
        }
    }

    private static bool IsAlsoKnownAs(JsonObject state, string did) =>
        state["alsoKnownAs"] is JsonArray names
        && names.Any(n => n is JsonValue value && value.TryGetValue<string>(out var name) && name == did);

    // Witnesses begin with the entry that names them and end after the one that dismisses them.
    private static WebVhWitnessRule? Witness(WebVhState? before, WebVhParameters parameters) =>
        before?.Parameters.Witness ?? parameters.Witness;
}
