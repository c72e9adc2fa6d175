namespace Coop.Identity.Dids.WebVh;

/// <summary>Whether enough witnesses approved each entry (did:webvh 1.0, "Verifying Witness Proofs").</summary>
internal static class WebVhWitnessing
{
    /// <summary>How many entries from the first on are approved, and what is wrong with the next one.</summary>
    public static (int Approved, WebVhFault? Fault) Check(List<WebVhState> states, ReadOnlySpan<byte> file)
    {
        var first = states.FindIndex(s => s.RequiredWitness is not null);
        if (first < 0)
        {
            return (states.Count, null);
        }

        try
        {
            var proofs = file.IsEmpty ? WebVhWitnessFile.None : WebVhWitnessFile.Parse(file);
            return Check(states, proofs);
        }
        catch (WebVhException e)
        {
            return (first, new WebVhFault(first + 1, e.Code, e.Message));
        }
    }

    private static (int Approved, WebVhFault? Fault) Check(List<WebVhState> states, WebVhWitnessFile file)
    {
        var versions = states.ToDictionary(s => s.Entry.VersionId, s => s.Entry.VersionNumber, StringComparer.Ordinal);
        var witnesses = states.SelectMany(s => s.RequiredWitness?.Witnesses ?? []).ToHashSet(StringComparer.Ordinal);
        var approvals = file.Approvals(versions, witnesses);
        for (var i = 0; i < states.Count; i++)
        {
            if (states[i].RequiredWitness is { } rule
                && rule.Witnesses.Count(w => approvals.GetValueOrDefault(w) >= i + 1) < rule.Threshold)
            {
                return (i, new WebVhFault(
                    i + 1, WebVhCodes.WitnessMissing, $"Fewer than {rule.Threshold} witnesses approved the entry."));
            }
        }

        return (states.Count, null);
    }
}
