using System.Text;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;
using Coop.Node.Database;
using Coop.Node.Http;
using Npgsql;

namespace Coop.Node.Log;

/// <summary>
/// The node's own checkpoints together with what witnesses put under them. A note is served with at most
/// <see cref="MostCosignatures"/>. Thread-safe.
/// </summary>
public sealed class Cosignatures(Transactions transactions)
{
    /// <summary>With the log's own signature as many as a reader accepts.</summary>
    public const int MostCosignatures = SignedNote.MaxSignatures - 1;

    /// <summary>The newest checkpoint, with the cosignatures that it has by now; null before the first.</summary>
    public Task<SignedNote?> ReadNewestAsync(CancellationToken ct) => transactions.ReadAsync(
        async (connection, token) => await HeadStore.ReadPublishedAsync(connection, token) is { } published
            ? await WithCosignaturesAsync(connection, ParseStored(published.Checkpoint), token)
            : null,
        ct);

    /// <summary>The newest checkpoint that had its quorum when it was kept; null before the first.</summary>
    public Task<SignedNote?> ReadWitnessedAsync(CancellationToken ct) => transactions.ReadAsync(
        async (connection, token) => await CosignatureStore.FindWitnessedAsync(connection, token) is { } note
            ? ParseStored(note)
            : null,
        ct);

    /// <summary>
    /// A checkpoint that reaches an entry: the newest with its quorum, or where that one does not reach it yet,
    /// the newest of all. Null where none does.
    /// </summary>
    public async Task<SignedNote?> ReadOverAsync(long index, CancellationToken ct) =>
        new[] { await ReadWitnessedAsync(ct), await ReadNewestAsync(ct) }
            .FirstOrDefault(note => note is not null && index < Checkpoint.Parse(note.Text).Size);

    /// <summary>
    /// Keeps one cosignature, and the checkpoint itself where it has its quorum now. Answers the checkpoint
    /// with all that it has.
    /// </summary>
    public Task<SignedNote> SaveAsync(
        SignedNote checkpoint, PolicyWitness witness, NoteSignature cosignature, WitnessPolicy policy, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(witness);
        ArgumentNullException.ThrowIfNull(policy);
        return transactions.MaintainAsync(
            async (transaction, token) =>
            {
                var state = Checkpoint.Parse(checkpoint.Text);
                var line = SignatureLines.Encode([cosignature]);
                await CosignatureStore.SaveAsync(transaction, state, witness.Key, line, token);
                var note = await WithCosignaturesAsync(transaction.Connection!, checkpoint, token);
                if (policy.IsMet(note))
                {
                    await CosignatureStore.SaveWitnessedAsync(transaction, state.Size, note, token);
                }

                return note;
            },
            ct);
    }

    private static async Task<SignedNote> WithCosignaturesAsync(
        NpgsqlConnection connection, SignedNote note, CancellationToken ct)
    {
        var lines = await CosignatureStore.ListAsync(connection, Checkpoint.Parse(note.Text), ct);
        return lines.Count == 0
            ? note
            : note with
            {
                Signatures =
                [
                    .. note.Signatures,
                    .. SignatureLines.Parse(Encoding.UTF8.GetBytes(string.Concat(lines.Take(MostCosignatures)))),
                ],
            };
    }

    // Nobody but the node writes these rows; whoever reads a damaged one is told so, and the node's sequencer halts.
    private static SignedNote ParseStored(string stored)
    {
        try
        {
            var note = SignedNote.Parse(Encoding.UTF8.GetBytes(stored));
            _ = Checkpoint.Parse(note.Text);
            return note;
        }
        catch (NoteException)
        {
            throw ProblemTypes.LogUnsound.With("The stored checkpoint cannot be read.");
        }
    }
}
