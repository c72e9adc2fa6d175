using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Coop.Federation.Peering;

/// <summary>Reads a <see cref="PeeringGrant"/> strictly.</summary>
internal static partial class GrantReader
{
    private const int MaxCodeLength = 32;
    private const long MaxExactInteger = (1L << 53) - 1;

    /// <param name="json">The grant.</param>
    /// <param name="did">Whose it must be.</param>
    public static PeeringGrant Read(JsonObject json, string did)
    {
        TermsJson.Require(json, "did", "scopes", "requestsPerMinute", "retentionDays", "witnessWithinSeconds", "trade");
        if (TermsJson.Text(json, "did", 500) != did)
        {
            throw new PeeringException(PeeringCodes.Parties, "Each grants for itself, in the order of the parties.");
        }

        return Check(new PeeringGrant(
            Scopes(TermsJson.Array(json, "scopes", 0, PeeringScopes.All.Count)),
            (int)TermsJson.Number(json, "requestsPerMinute", 1, PeeringGrant.MaxRequestsPerMinute),
            (int)TermsJson.Number(json, "retentionDays", 0, PeeringGrant.MaxRetentionDays),
            (int)TermsJson.Number(json, "witnessWithinSeconds", 0, PeeringGrant.MaxWitnessWithinSeconds),
            [.. TermsJson.Objects(json, "trade", 0, PeeringGrant.MaxTradeLimits).Select(Limit)]));
    }

    /// <summary>What no single member says: the one order of lists, and what belongs to which scope.</summary>
    public static PeeringGrant Check(PeeringGrant grant)
    {
        if (!grant.Scopes.SequenceEqual(PeeringScopes.All.Where(grant.Scopes.Contains)))
        {
            throw new PeeringException(PeeringCodes.Scope, "Scopes stand in their order, and none twice.");
        }

        if (grant.Scopes.Contains(PeeringScope.Witness) != grant.WitnessWithinSeconds > 0)
        {
            throw TermsJson.Malformed("\"witnessWithinSeconds\" goes with the scope witness.");
        }

        if (grant.Trade.Count > 0 && !grant.Scopes.Contains(PeeringScope.Trade))
        {
            throw TermsJson.Malformed("\"trade\" goes with the scope trade.");
        }

        var units = grant.Trade.Select(t => t.Unit).ToArray();
        return units.SequenceEqual(units.Distinct().Order(StringComparer.Ordinal))
            ? grant
            : throw TermsJson.Malformed("\"trade\" names each unit once, in the order of their codes.");
    }

    private static PeeringScope[] Scopes(JsonArray names) =>
    [
        .. names.Select(name => name is JsonValue value && value.TryGetValue<string>(out var text)
            ? PeeringScopes.Parse(text)
            : throw new PeeringException(PeeringCodes.Scope, "A scope is a text.")),
    ];

    private static TradeLimit Limit(JsonObject json)
    {
        TermsJson.Require(json, "unit", "maxCreditMinor");
        var unit = TermsJson.Text(json, "unit", MaxCodeLength);
        return UnitCode.IsMatch(unit)
            ? new TradeLimit(unit, TermsJson.Number(json, "maxCreditMinor", 1, MaxExactInteger))
            : throw TermsJson.Malformed("\"unit\" is not the code of a unit.");
    }

    [GeneratedRegex(@"^[A-Z0-9]{2,12}\z", RegexOptions.CultureInvariant)]
    private static partial Regex UnitCode { get; }
}
