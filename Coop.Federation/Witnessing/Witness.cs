using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Identity.Keys;

namespace Coop.Federation.Witnessing;

/// <summary>
/// A witness, C2SP tlog-witness: cosigns checkpoints of the logs that it knows, each the continuation of the
/// one before. Thread-safe.
/// </summary>
/// <remarks>
/// The checks run in the specification's order. What is cosigned has been recorded before (see
/// <see cref="IWitnessStore.TryAdvanceAsync"/>), so that a witness that dies in between has said nothing that
/// it does not remember. Cosignatures are of type 0x04 (Ed25519, tlog-cosignature v1).
/// <para>
/// Where the specification is silent: more than 63 proof lines or 64 signatures, base64 in another than its
/// one spelling and notes above 64 KiB are malformed; a checkpoint of size 0 must have the root of the empty
/// tree (422).
/// </para>
/// </remarks>
public sealed class Witness
{
    private readonly Ed25519Key _key;
    private readonly IWitnessStore _store;
    private readonly TimeProvider _time;

    /// <param name="name">The witness's name, a schema-less URL; the key serves this name alone.</param>
    /// <param name="key">The witness's key.</param>
    /// <param name="store">What it remembers.</param>
    /// <param name="time">The clock of its cosignatures.</param>
    /// <exception cref="NoteException">The name is not one for a key.</exception>
    public Witness(string name, Ed25519Key key, IWitnessStore store, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(key);
        Vkey = NoteKey.Create(name, NoteKey.CosignatureType, key.PublicKey.Span);
        (_key, _store, _time) = (key, store, time);
    }

    /// <summary>What its cosignatures are verified with.</summary>
    public NoteKey Vkey { get; }

    /// <summary>Answers one <c>add-checkpoint</c>.</summary>
    /// <param name="body">The request's body, of at most <see cref="AddCheckpointRequest.MaxSizeBytes"/>.</param>
    /// <param name="ct">Ends the attempt; the checkpoint may be recorded then, but is not cosigned.</param>
    public async Task<WitnessAnswer> AddCheckpointAsync(ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        AddCheckpointRequest request;
        try
        {
            request = AddCheckpointRequest.Parse(body.Span);
        }
        catch (NoteException e)
        {
            return WitnessAnswer.Refused(WitnessVerdict.Malformed, e.Message);
        }

        var keys = await _store.FindKeysAsync(request.Checkpoint.Origin, ct);
        if (keys.Count == 0)
        {
            return WitnessAnswer.Refused(WitnessVerdict.UnknownOrigin, "This witness does not know the log.");
        }

        return TrustedPart(request.Note, request.Checkpoint.Origin, keys) is { } note
            ? await CosignAsync(request, note, ct)
            : WitnessAnswer.Refused(WitnessVerdict.NotSigned, "No key that is trusted for this log signed the checkpoint.");
    }

    private async Task<WitnessAnswer> CosignAsync(AddCheckpointRequest request, SignedNote note, CancellationToken ct)
    {
        var checkpoint = request.Checkpoint;
        if (request.OldSize > checkpoint.Size)
        {
            return WitnessAnswer.Refused(WitnessVerdict.OldSizeTooLarge, "The old size is greater than the checkpoint's.", note);
        }

        var latest = await _store.FindLatestAsync(checkpoint.Origin, ct);
        if (request.OldSize != (latest?.Size ?? 0))
        {
            return WitnessAnswer.Stale(latest?.Size ?? 0, note);
        }

        if (Refusal(request, latest) is { } verdict)
        {
            return WitnessAnswer.Refused(verdict, "The checkpoint does not continue the one that was cosigned last.", note);
        }

        var state = new LogState(checkpoint.Size, checkpoint.Root.ToArray());
        if (!await _store.TryAdvanceAsync(checkpoint.Origin, latest, state, note, ct))
        {
            // Another request came first; the log is told what it has to start from now.
            latest = await _store.FindLatestAsync(checkpoint.Origin, ct);
            return WitnessAnswer.Stale(latest?.Size ?? 0, note);
        }

        return WitnessAnswer.Cosigned(Cosignature.Sign(note.Text, Vkey.Name, _key, _time.GetUtcNow()), note);
    }

    private static WitnessVerdict? Refusal(AddCheckpointRequest request, LogState? latest)
    {
        var checkpoint = request.Checkpoint;
        if (checkpoint.Size == 0 && !checkpoint.Root.Span.SequenceEqual(TreeHash.EmptyRoot))
        {
            return WitnessVerdict.NotConsistent;
        }

        var old = latest ?? new LogState(0, TreeHash.EmptyRoot.ToArray());
        if (request.Proof.Count == 0 && old.Size == checkpoint.Size)
        {
            return old.HasRoot(checkpoint.Root.Span) ? null : WitnessVerdict.OtherRoot;
        }

        return Proofs.VerifyConsistency(old.Size, checkpoint.Size, old.Root, checkpoint.Root.Span, request.Proof)
            ? null
            : WitnessVerdict.NotConsistent;
    }

    /// <summary>The note with its trusted signatures alone; null when there are none, or one is forged.</summary>
    private static SignedNote? TrustedPart(SignedNote note, string origin, IReadOnlyList<NoteKey> keys)
    {
        var signers = keys.Where(k => k.Name == origin && note.IsSignedBy(k)).ToList();
        var isForged = keys.Any(k => !signers.Contains(k) && note.Signatures.Any(s => IsBy(s, k)));
        return signers.Count == 0 || isForged
            ? null
            : note with { Signatures = [.. note.Signatures.Where(s => signers.Exists(k => IsBy(s, k)))] };
    }

    private static bool IsBy(NoteSignature signature, NoteKey key) => signature.Name == key.Name && signature.KeyId == key.Id;
}
