using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;

namespace Coop.Node.Cli;

/// <summary>What <c>verify</c> says of evidence that a log signed two histories; offline, and with nothing else at hand.</summary>
/// <param name="Evidence">The proof; null when it is none.</param>
/// <param name="Code">Of <see cref="EvidenceCodes"/>; <c>ok</c> for a proof.</param>
/// <param name="Detail">A sentence for people.</param>
internal sealed record EvidenceVerdict(EquivocationEvidence? Evidence, string Code, string Detail)
{
    private const string Format = "equivocation-evidence";

    public static EvidenceVerdict Of(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var evidence = EquivocationEvidence.Parse(utf8);
            return new EvidenceVerdict(evidence, "ok", Explain(evidence));
        }
        catch (EvidenceException e)
        {
            return new EvidenceVerdict(null, e.Code, e.Message);
        }
    }

    /// <summary>The verdict for machines, as specs/evidence.md describes it.</summary>
    public JsonObject ToJson() => new()
    {
        ["verdict"] = Evidence is null ? "invalid" : "valid",
        ["format"] = Format,
        ["evidence"] = Evidence is { } evidence ? Content(evidence) : null,
        ["checks"] = new JsonObject
        {
            ["proof"] = new JsonObject
            {
                ["state"] = Evidence is null ? "failed" : "passed",
                ["code"] = Code,
                ["detail"] = Detail,
            },
        },
    };

    private static JsonObject Content(EquivocationEvidence evidence) => new()
    {
        ["id"] = evidence.Id,
        ["origin"] = evidence.LogKey.Name,
        ["vkey"] = evidence.LogKey.ToString(),
        ["smaller"] = State(evidence.Smaller),
        ["larger"] = State(evidence.Larger),
        ["pinned"] = evidence.Pinned?.ToJson(),
    };

    private static JsonObject State(SignedNote note)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        return new JsonObject { ["size"] = checkpoint.Size, ["root"] = Convert.ToBase64String(checkpoint.Root.Span) };
    }

    private static string Explain(EquivocationEvidence evidence)
    {
        var (smaller, larger) = (Checkpoint.Parse(evidence.Smaller.Text), Checkpoint.Parse(evidence.Larger.Text));
        return smaller.Size == larger.Size
            ? string.Create(CultureInfo.InvariantCulture, $"The key signed two checkpoints of {larger.Size} entries with different roots.")
            : string.Create(CultureInfo.InvariantCulture, $"The key signed {smaller.Size} entries, and {larger.Size} of which the first {smaller.Size} are others.");
    }
}
