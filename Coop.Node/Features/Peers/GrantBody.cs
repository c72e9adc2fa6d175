using Coop.Federation.Peering;
using Coop.Node.Http;

namespace Coop.Node.Features.Peers;

/// <param name="Unit">The code of a unit, e.g. EUR.</param>
/// <param name="MaxCreditMinor">How much the other side may owe, in minor units.</param>
public sealed record TradeBody(string Unit, long MaxCreditMinor);

/// <summary>What one side of a peering lets the other do.</summary>
/// <param name="Scopes">replicate, witness, claims, visiting-members, trade.</param>
/// <param name="RequestsPerMinute">How many signed requests it answers, 1 to 100,000; 600 when left out.</param>
/// <param name="RetentionDays">How long copies of payloads may be kept after the end; 3,650 when left out.</param>
/// <param name="WitnessWithinSeconds">Within what time it cosigns; 60 when left out, 0 without the scope witness.</param>
/// <param name="Trade">One for each unit; none when left out.</param>
public sealed record GrantBody(
    IReadOnlyList<PeeringScope> Scopes,
    int? RequestsPerMinute = null,
    int? RetentionDays = null,
    int? WitnessWithinSeconds = null,
    IReadOnlyList<TradeBody>? Trade = null)
{
    internal static GrantBody Of(PeeringGrant grant) => new(
        grant.Scopes, grant.RequestsPerMinute, grant.RetentionDays, grant.WitnessWithinSeconds,
        [.. grant.Trade.Select(t => new TradeBody(t.Unit, t.MaxCreditMinor))]);

    /// <exception cref="RefusalException">A scope stands there twice, or a number is out of bounds.</exception>
    internal PeeringGrant Read(string field)
    {
        if (Scopes.Distinct().Count() != Scopes.Count)
        {
            throw Fields.Invalid($"{field}.scopes", "names a scope twice.");
        }

        var grant = PeeringGrant.Of(Scopes);
        return grant with
        {
            RequestsPerMinute = Number(RequestsPerMinute, grant.RequestsPerMinute, field, "requestsPerMinute", 1, PeeringGrant.MaxRequestsPerMinute),
            RetentionDays = Number(RetentionDays, grant.RetentionDays, field, "retentionDays", 0, PeeringGrant.MaxRetentionDays),
            WitnessWithinSeconds = Number(
                WitnessWithinSeconds, grant.WitnessWithinSeconds, field, "witnessWithinSeconds", 0, PeeringGrant.MaxWitnessWithinSeconds),
            Trade = [.. (Trade ?? []).Select(t => new TradeLimit(t.Unit, t.MaxCreditMinor)).OrderBy(t => t.Unit, StringComparer.Ordinal)],
        };
    }

    private static int Number(int? given, int otherwise, string field, string name, long min, long max) =>
        (int)Fields.Range(given ?? otherwise, $"{field}.{name}", min, max);
}
