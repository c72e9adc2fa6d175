using System.Text.Json.Nodes;
using Coop.Federation.Peering;

namespace Coop.Node.Federation.Wire;

/// <summary>
/// A step as one node tells it to the other: <c>{number, step, terms?, termsHash?, reason?}</c>; specified in
/// specs/peering.md, Steps.
/// </summary>
/// <param name="Number">From 1, without gaps, for each side apart.</param>
/// <param name="Step">What the sender did.</param>
internal sealed record StepMessage(long Number, OwnStep Step)
{
    public const int MaxReasonLength = 500;

    private const int MaxStepLength = 20;
    private const int HashLength = 43;

    public static StepMessage Of(StepRow row) => new(
        row.Number, new OwnStep(row.Step) { Terms = row.Terms, TermsHash = row.TermsHash, Reason = row.Reason });

    /// <summary>
    /// Whether it says what was taken under its number before: the same step with the same terms, proofs and words.
    /// A message need not name the terms where the step brings none.
    /// </summary>
    public bool IsSameAs(StepRow known) =>
        Step.Step == known.Step && Step.Reason == known.Reason && Step.Terms?.Text == known.Terms?.Text
        && (Step.Mention is not { } mention || mention.Hash == known.TermsHash);

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["number"] = Number, ["step"] = PeeringNames.Of(Step.Step) };
        if (Step.Terms is { } terms)
        {
            json["terms"] = terms.ToJson();
        }
        else if (Step.TermsHash is { } hash)
        {
            json["termsHash"] = hash;
        }

        if (Step.Reason is { } reason)
        {
            json["reason"] = reason;
        }

        return json;
    }

    /// <exception cref="PeeringException">It is not a step in this form.</exception>
    public static StepMessage Parse(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        string[] optional = ["terms", "termsHash", "reason"];
        TermsJson.Require(json, ["number", "step", .. optional.Where(json.ContainsKey)]);
        var step = PeeringNames.Step(TermsJson.Text(json, "step", MaxStepLength));
        return new StepMessage(
            TermsJson.Number(json, "number", 1, long.MaxValue >> 10),
            new OwnStep(step)
            {
                Terms = json.ContainsKey("terms") ? SignedTerms.Parse(TermsJson.ObjectOf(json, "terms")) : null,
                TermsHash = json.ContainsKey("termsHash") ? Hash(json) : null,
                Reason = json.ContainsKey("reason") ? Reason(TermsJson.Text(json, "reason", MaxReasonLength)) : null,
            });
    }

    private static string Hash(JsonObject json) =>
        TermsJson.Text(json, "termsHash", HashLength) is { Length: HashLength } hash
            ? hash
            : throw TermsJson.Malformed("\"termsHash\" is not a hash.");

    // It is shown to people.
    private static string Reason(string text) => text.Any(char.IsControl)
        ? throw TermsJson.Malformed("\"reason\" is not one line of text.")
        : text;
}
