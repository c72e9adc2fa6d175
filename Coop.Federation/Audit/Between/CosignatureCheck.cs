using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;

namespace Coop.Federation.Audit.Between;

/// <summary>Holds a log's checkpoints against the policy that it shows.</summary>
internal sealed class CosignatureCheck(NodeVisit node, ICollection<CrossFinding> findings)
{
    private const string PolicyPath = "policy";
    private const string WitnessedPath = "checkpoint/witnessed";

    public async Task RunAsync(CancellationToken ct)
    {
        if (node.Audit?.Report.Note is not { } note || await FetchPolicyAsync(ct) is not { } policy)
        {
            return;
        }

        node.Policy = policy;
        NoteForgeries(policy, note);
        var quorum = policy.IsMet(note) ? Checkpoint.Parse(note.Text).Size : await WitnessedSizeAsync(policy, ct);
        if (quorum is null && policy.LeastCosignatures > 0)
        {
            Find(CrossCode.QuorumMissing, $"The policy of {node.Origin} asks for {Count(policy.LeastCosignatures)} on a checkpoint; the newest has {policy.CountOf(note)}, and none has its quorum.");
        }

        node.Cosigned = new(policy.Witnesses.Count, policy.LeastCosignatures, policy.CountOf(note), quorum);
    }

    private async Task<WitnessPolicy?> FetchPolicyAsync(CancellationToken ct)
    {
        var octets = await node.Log!.FetchAsync(PolicyPath, WitnessPolicy.MaxSizeBytes, ct);
        try
        {
            return octets is null ? null : WitnessPolicy.Parse(octets);
        }
        catch (PolicyException e)
        {
            Find(CrossCode.AnswerMalformed, $"The policy of {node.Origin} cannot be read: {e.Message}");
            return null;
        }
    }

    // Whoever puts a witness's name under a checkpoint that it did not cosign wants to deceive somebody.
    private void NoteForgeries(WitnessPolicy policy, SignedNote note)
    {
        foreach (var key in policy.Witnesses.Select(w => w.Key))
        {
            if (note.Signatures.Any(s => s.Name == key.Name && s.KeyId == key.Id) && Cosignature.Time(note, key) is null)
            {
                Find(CrossCode.CosignatureInvalid, $"The cosignature of {key.Name} on the checkpoint of {node.Origin} does not verify.");
            }
        }
    }

    // The quorum may be behind by the time that witnesses take; what it covers must still be this log.
    private async Task<long?> WitnessedSizeAsync(WitnessPolicy policy, CancellationToken ct)
    {
        var bytes = await node.Log!.FetchAsync(WitnessedPath, SignedNote.MaxSizeBytes, ct);
        if (bytes is null)
        {
            return null;
        }

        var reading = CheckpointReading.Read(bytes, node.Key!);
        if (reading.Fault is not null || !policy.IsMet(reading.Note!))
        {
            return null;
        }

        NoteForgeries(policy, reading.Note!);
        var compared = await node.Original!.CompareAsync(reading.Note!, ct);
        if (compared.Evidence is { } evidence)
        {
            findings.Add(new(CrossCode.TwoHistories, node.Origin, null, $"{node.Origin} had another history witnessed than it shows.") { Evidence = evidence });
        }

        return compared.Agrees ? reading.Checkpoint!.Size : null;
    }

    private void Find(CrossCode code, string detail) => findings.Add(new(code, node.Origin, null, detail));

    private static string Count(int least) => least == 1 ? "1 cosignature" : $"{least} cosignatures";
}
