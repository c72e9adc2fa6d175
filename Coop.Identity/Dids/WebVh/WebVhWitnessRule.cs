using System.Text.Json.Nodes;
using Coop.Identity.Keys;

namespace Coop.Identity.Dids.WebVh;

/// <summary>Who must approve entries, and how many of them (did:webvh 1.0, "The witness Parameter").</summary>
/// <param name="Threshold">At least 1, at most as many as there are witnesses.</param>
/// <param name="Witnesses">did:key of Ed25519, each once.</param>
public sealed record WebVhWitnessRule(int Threshold, IReadOnlyList<string> Witnesses)
{
    internal JsonObject ToJson() => new()
    {
        ["threshold"] = Threshold,
        ["witnesses"] = new JsonArray([.. Witnesses.Select(w => new JsonObject { ["id"] = w })]),
    };

    /// <summary>Null for <c>{}</c>: no witnesses.</summary>
    internal static WebVhWitnessRule? Parse(JsonNode? node)
    {
        if (node is null or JsonObject { Count: 0 })
        {
            return null;
        }

        if (node is not JsonObject json
            || json["threshold"] is not JsonValue number || !number.TryGetValue<int>(out var threshold)
            || json["witnesses"] is not JsonArray { Count: <= WebVhLimits.MaxListLength } list)
        {
            throw Invalid("\"witness\" needs a threshold and a list of witnesses.");
        }

        var witnesses = list.Select(Witness).ToArray();
        return threshold >= 1 && threshold <= witnesses.Length && witnesses.Distinct().Count() == witnesses.Length
            ? new WebVhWitnessRule(threshold, witnesses)
            : throw Invalid("The threshold is not between 1 and the number of witnesses, or a witness is named twice.");
    }

    private static string Witness(JsonNode? node)
    {
        try
        {
            if ((node as JsonObject)?["id"] is JsonValue value && value.TryGetValue<string>(out var id)
                && DidKey.KeyOf(id).Type == KeyType.Ed25519)
            {
                return id;
            }
        }
        catch (DidException e)
        {
            throw new WebVhException(WebVhCodes.Parameters, "A witness is no did:key.", e);
        }

        throw Invalid("A witness is no did:key of Ed25519.");
    }

    private static WebVhException Invalid(string message) => new(WebVhCodes.Parameters, message);
}
