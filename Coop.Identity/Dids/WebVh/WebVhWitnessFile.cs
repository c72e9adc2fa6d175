using System.Text.Json.Nodes;
using Coop.Identity.Credentials.DataIntegrity;
using Coop.Identity.Json;

namespace Coop.Identity.Dids.WebVh;

/// <summary>
/// The proofs of witnesses, <c>did-witness.json</c>. A proof approves its entry and all before it; proofs
/// of entries that are not published, or that do not hold, count for nothing.
/// </summary>
internal sealed class WebVhWitnessFile
{
    private readonly List<(string VersionId, JsonObject Proof)> _proofs = [];

    private WebVhWitnessFile()
    {
    }

    public static WebVhWitnessFile None { get; } = new();

    /// <exception cref="WebVhException">The file is malformed or too large.</exception>
    public static WebVhWitnessFile Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > WebVhLimits.MaxWitnessFileSizeBytes)
        {
            throw new WebVhException(WebVhCodes.TooLarge, "The witness file is too large.");
        }

        try
        {
            return Read(CanonicalJson.Parse(json) as JsonArray ?? throw Invalid());
        }
        catch (CanonicalJsonException e)
        {
            throw new WebVhException(WebVhCodes.WitnessFile, e.Message, e);
        }
    }

    /// <summary>The last entry that each witness approved, counted from 1.</summary>
    /// <param name="versions">The number of each published versionId.</param>
    /// <param name="witnesses">All whose word counts anywhere in the history.</param>
    public Dictionary<string, int> Approvals(IReadOnlyDictionary<string, int> versions, IReadOnlySet<string> witnesses)
    {
        var approvals = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (versionId, proof) in _proofs)
        {
            if (versions.TryGetValue(versionId, out var number)
                && Witness(proof) is { } witness && witnesses.Contains(witness)
                && approvals.GetValueOrDefault(witness) < number
                && Holds(versionId, proof, witness))
            {
                approvals[witness] = number;
            }
        }

        return approvals;
    }

    private static WebVhWitnessFile Read(JsonArray entries)
    {
        if (entries.Count > WebVhLimits.MaxWitnessEntries)
        {
            throw new WebVhException(WebVhCodes.TooLarge, "The witness file speaks of too many versions.");
        }

        var file = new WebVhWitnessFile();
        foreach (var entry in entries)
        {
            file.Add(entry as JsonObject ?? throw Invalid());
        }

        return file;
    }

    private void Add(JsonObject entry)
    {
        if (entry["versionId"] is not JsonValue value || !value.TryGetValue<string>(out var versionId)
            || (entry["proof"] ?? new JsonArray()) is not JsonArray proofs)
        {
            throw Invalid();
        }

        foreach (var proof in proofs)
        {
            _proofs.Add((versionId, proof as JsonObject ?? throw Invalid()));
        }

        if (_proofs.Count > WebVhLimits.MaxWitnessProofs)
        {
            throw new WebVhException(WebVhCodes.TooLarge, "The witness file has too many proofs.");
        }
    }

    private static string? Witness(JsonObject proof)
    {
        try
        {
            return "did:key:" + WebVhProof.Signer(proof);
        }
        catch (WebVhException)
        {
            return null;
        }
    }

    private static bool Holds(string versionId, JsonObject proof, string witness)
    {
        try
        {
            var document = new JsonObject { ["versionId"] = versionId };
            return WebVhProof.Check(document, proof, witness["did:key:".Length..]) == ProofCheck.Valid;
        }
        catch (WebVhException)
        {
            return false;
        }
    }

    private static WebVhException Invalid() =>
        new(WebVhCodes.WitnessFile, "The witness file is no list of versionIds with their proofs.");
}
