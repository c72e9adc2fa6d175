using System.Collections.Concurrent;
using System.Text;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Witnessing;

/// <summary>
/// Asks witnesses to cosign the checkpoints of one log (C2SP tlog-witness, the client's side). Remembers in
/// memory, and only to save requests, which size each witness cosigned last and which one failed a moment
/// ago. Thread-safe.
/// </summary>
/// <param name="client">Carries the requests.</param>
/// <param name="prove">
/// The consistency proof between two sizes of the log, both at most that of the checkpoint that is asked for.
/// </param>
/// <param name="options">Time limit and pauses.</param>
/// <param name="time">The clock of both.</param>
public sealed class CosignatureCollector(
    IWitnessClient client,
    Func<long, long, CancellationToken, Task<IReadOnlyList<byte[]>>> prove,
    CollectorOptions options,
    TimeProvider time)
{
    /// <summary>A first guess, the size that the witness corrects it to, and once more if it moved meanwhile.</summary>
    private const int MaxRequests = 3;

    private readonly ConcurrentDictionary<NoteKey, WitnessMemory> _memories = [];

    /// <summary>Asks in parallel all that are due, and answers when the last has answered or is out of time.</summary>
    public async Task<IReadOnlyList<CosignatureOutcome>> CollectAsync(
        SignedNote checkpoint, IEnumerable<PolicyWitness> witnesses, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(witnesses);
        return await Task.WhenAll(witnesses.Where(w => IsDue(w, checkpoint)).Select(w => AskAsync(w, checkpoint, ct)));
    }

    /// <summary>
    /// Whether it makes sense to ask: the witness has not cosigned this very checkpoint, is not being asked,
    /// and its pause is over.
    /// </summary>
    public bool IsDue(PolicyWitness witness, SignedNote checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var memory = MemoryOf(witness);
        return !memory.IsBusy && memory.NotBefore <= time.GetUtcNow() && memory.CosignedText != checkpoint.Text;
    }

    /// <summary>Asks one witness. A failure is an outcome, and begins or prolongs its pause.</summary>
    public async Task<CosignatureOutcome> AskAsync(PolicyWitness witness, SignedNote checkpoint, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var memory = MemoryOf(witness);
        memory.IsBusy = true;
        try
        {
            var outcome = await NegotiateAsync(witness, memory, checkpoint, ct);
            Remember(memory, checkpoint, outcome);
            return outcome;
        }
        finally
        {
            memory.IsBusy = false;
        }
    }

    private async Task<CosignatureOutcome> NegotiateAsync(
        PolicyWitness witness, WitnessMemory memory, SignedNote checkpoint, CancellationToken ct)
    {
        var size = Checkpoint.Parse(checkpoint.Text).Size;
        var oldSize = Math.Min(memory.Size, size);
        for (var i = 0; i < MaxRequests; i++)
        {
            var proof = await prove(oldSize, size, ct);
            var body = AddCheckpointRequest.Create(oldSize, proof, checkpoint).Encode();
            if (await SendAsync(witness, body, ct) is not { } reply)
            {
                return new(witness, CosignatureResult.NoAnswer, Detail: "It does not answer.");
            }

            if (Read(witness, checkpoint, size, reply) is { } outcome)
            {
                return outcome;
            }

            oldSize = SizeIn(reply)!.Value;
        }

        return new(witness, CosignatureResult.Refused, WitnessSize: oldSize, Detail: "It does not stay with a size.");
    }

    /// <summary>What the reply means; null where the witness names another old size to start from.</summary>
    private static CosignatureOutcome? Read(PolicyWitness witness, SignedNote checkpoint, long size, WitnessReply reply) =>
        (reply.Status, SizeIn(reply)) switch
        {
            (200, _) => ReadCosignature(witness, checkpoint, reply),
            (409, { } known) when known > size => new(
                witness, CosignatureResult.Ahead, WitnessSize: known, Detail: $"It has seen a checkpoint of size {known}."),
            (409, not null) => null,
            (409 or 422, _) => new(
                witness, CosignatureResult.OtherHistory, Detail: "It has seen a checkpoint that this one does not continue."),
            _ => new(witness, CosignatureResult.Refused, Detail: $"It answered {reply.Status}."),
        };

    private static CosignatureOutcome ReadCosignature(PolicyWitness witness, SignedNote checkpoint, WitnessReply reply)
    {
        try
        {
            var signatures = SignatureLines.Parse(reply.Body.Span);
            var found = signatures.FirstOrDefault(s => s.Name == witness.Key.Name && s.KeyId == witness.Key.Id);
            return found is not null && Cosignature.Time(checkpoint with { Signatures = [found] }, witness.Key) is not null
                ? new(witness, CosignatureResult.Cosigned, found)
                : new(witness, CosignatureResult.Refused, Detail: "Its cosignature does not verify.");
        }
        catch (NoteException e)
        {
            return new(witness, CosignatureResult.Refused, Detail: e.Message);
        }
    }

    private static long? SizeIn(WitnessReply reply) =>
        reply.Status == 409 && reply.ContentType == WitnessAnswer.SizeType
        && Encoding.Latin1.GetString(reply.Body.Span) is [.. var digits, '\n']
        && DecimalText.TryParse(digits, out var size)
            ? size
            : null;

    /// <summary>The reply; null when there is none within the time limit.</summary>
    private async Task<WitnessReply?> SendAsync(PolicyWitness witness, byte[] body, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await client.AddCheckpointAsync(witness, body, either.Token);
        }
#pragma warning disable CA1031 // Whatever a witness does must not keep the log from asking the others.
        catch (Exception) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private void Remember(WitnessMemory memory, SignedNote checkpoint, CosignatureOutcome outcome)
    {
        if (outcome.Result == CosignatureResult.Cosigned)
        {
            memory.Size = Checkpoint.Parse(checkpoint.Text).Size;
            memory.CosignedText = checkpoint.Text;
            memory.Failures = 0;
            return;
        }

        var pause = options.FirstPause * Math.Pow(2, Math.Min(memory.Failures++, 30));
        memory.NotBefore = time.GetUtcNow() + (pause < options.LongestPause ? pause : options.LongestPause);
    }

    private WitnessMemory MemoryOf(PolicyWitness witness)
    {
        ArgumentNullException.ThrowIfNull(witness);
        return _memories.GetOrAdd(witness.Key, _ => new WitnessMemory());
    }

    private sealed class WitnessMemory
    {
        public volatile bool IsBusy;

        /// <summary>What it cosigned last, as far as is known here.</summary>
        public long Size { get; set; }

        /// <summary>The text of the checkpoint that it cosigned last.</summary>
        public string? CosignedText { get; set; }

        public int Failures { get; set; }

        public DateTimeOffset NotBefore { get; set; } = DateTimeOffset.MinValue;
    }
}
