using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;

namespace Coop.Federation.Audit.Between;

/// <summary>
/// Holds a node's copy of another log against the original. The copy is audited like a log, to the original's
/// key, and its root is looked for in the original: so every byte that it has is compared, and the original's
/// entries are not fetched twice. A copy may be behind.
/// </summary>
internal sealed class MirrorCheck(ILogSource mirror, NodeVisit keeper, NodeVisit original, ICollection<CrossFinding> findings)
{
    /// <exception cref="AuditImpossibleException">A node does not answer.</exception>
    public async Task<MirrorResult?> RunAsync(IProgress<AuditProgress>? progress, CancellationToken ct)
    {
        if (await mirror.FetchAsync("checkpoint", SignedNote.MaxSizeBytes, ct) is null)
        {
            NoteMissing();
            return null;
        }

        var report = await new LogAuditor(mirror, original.Key!).AuditAsync(progress, ct);
        if (report.Finding is { } fault)
        {
            findings.Add(new(CrossCode.MirrorChanged, keeper.Origin, original.Origin, $"In the copy that {keeper.Name} has of the log of {original.Name}: {fault.Detail} ({FindingCodes.Name(fault.Code)})")
            {
                Entry = fault.Entry,
                EntryOf = fault.Entry is null ? null : original.Origin,
            });
        }

        var agrees = report.Note is { } note && await CompareAsync(note, ct);
        return new(report.Checkpoint?.Size ?? 0, report.EntriesChecked, agrees && report.IsClean);
    }

    private void NoteMissing()
    {
        if (keeper.ListingOf(original) is { State: PeerListing.Active } listing && listing.TheirScopes.Contains(PeerListing.Replicate))
        {
            findings.Add(new(CrossCode.MirrorMissing, keeper.Origin, original.Origin, $"{keeper.Name} shows no copy of the log of {original.Name} yet."));
        }
    }

    private async Task<bool> CompareAsync(SignedNote note, CancellationToken ct)
    {
        var compared = await original.Original!.CompareAsync(note, ct);
        if (compared.Evidence is { } evidence)
        {
            await NameAsync(note, evidence, ct);
        }

        if (compared.ShownSize is { } shown)
        {
            findings.Add(new(CrossCode.HistoryWithheld, original.Origin, keeper.Origin, $"{original.Name} signed {Checkpoint.Parse(note.Text).Size} entries, of which {keeper.Name} has a copy, and shows only {shown}.")
            {
                Entry = shown,
                EntryOf = original.Origin,
            });
        }

        return compared.Agrees;
    }

    private async Task NameAsync(SignedNote note, EquivocationEvidence evidence, CancellationToken ct)
    {
        var first = await original.Original!.FirstDifferenceAsync(mirror, note, ct);
        findings.Add(new(CrossCode.TwoHistories, original.Origin, keeper.Origin, $"{original.Name} signed two histories: from entry {first} on, the copy that {keeper.Name} has is another than the log that {original.Name} shows, and {original.Name} signed both.")
        {
            Entry = first,
            EntryOf = original.Origin,
            Evidence = evidence,
        });
    }
}
