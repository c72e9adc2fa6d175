using System.Text.Json.Nodes;

namespace Coop.Federation.Peering;

/// <summary>What one side of a peering lets the other do; it counts by that side's own signature alone.</summary>
/// <param name="Scopes">In the order of <see cref="PeeringScopes.All"/>, none twice.</param>
/// <param name="RequestsPerMinute">How many signed requests it answers, 1 to 100,000.</param>
/// <param name="RetentionDays">How long the other may keep copies of its payloads after the end, 0 to 36,500.</param>
/// <param name="WitnessWithinSeconds">Within what time it cosigns, 1 to 86,400; 0 without the scope witness.</param>
/// <param name="Trade">One for each unit, in the order of their codes; empty without the scope trade.</param>
public sealed record PeeringGrant(
    IReadOnlyList<PeeringScope> Scopes,
    int RequestsPerMinute,
    int RetentionDays,
    int WitnessWithinSeconds,
    IReadOnlyList<TradeLimit> Trade)
{
    public const int MaxRequestsPerMinute = 100_000;
    public const int MaxRetentionDays = 36_500;
    public const int MaxWitnessWithinSeconds = 86_400;
    public const int MaxTradeLimits = 32;

    /// <summary>Where nobody says otherwise: 600 requests a minute, copies for ten years, cosigned within a minute.</summary>
    public static PeeringGrant Of(params IEnumerable<PeeringScope> scopes)
    {
        var all = PeeringScopes.All.Intersect(scopes).ToArray();
        return new(all, 600, 3_650, all.Contains(PeeringScope.Witness) ? 60 : 0, []);
    }

    /// <summary>As the terms hold it, for the side of that DID.</summary>
    internal JsonObject ToJson(string did) => new()
    {
        ["did"] = did,
        ["scopes"] = new JsonArray([.. Scopes.Select(s => (JsonNode)PeeringScopes.Name(s))]),
        ["requestsPerMinute"] = RequestsPerMinute,
        ["retentionDays"] = RetentionDays,
        ["witnessWithinSeconds"] = WitnessWithinSeconds,
        ["trade"] = new JsonArray([.. Trade.Select(t => (JsonNode)new JsonObject
        {
            ["unit"] = t.Unit, ["maxCreditMinor"] = t.MaxCreditMinor,
        })]),
    };
}
