using System.Text.Json.Nodes;

namespace Coop.Federation.Peering;

/// <summary>Reads <see cref="PeeringTerms"/> strictly: every member there, none unknown, all within bounds.</summary>
internal static class TermsReader
{
    public const string Proof = "proof";

    private const int HashLength = 43;

    private static readonly string[] Members =
        ["v", "type", "peering", "version", "previous", "created", "parties", "grants"];

    public static PeeringTerms Read(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        TermsJson.Require(json, json.ContainsKey(Proof) ? [.. Members, Proof] : Members);
        if (TermsJson.Number(json, "v", 1, 1) != 1 || TermsJson.Text(json, "type", 40) != PeeringTerms.TypeName)
        {
            throw TermsJson.Malformed("This is another kind of document.");
        }

        var version = (int)TermsJson.Number(json, "version", 1, PeeringTerms.MaxVersion);
        var (proposer, other) = Parties(json);
        return new(Id(json), version, Previous(json, version), TermsJson.Time(json, "created"), proposer, other);
    }

    private static Guid Id(JsonObject json) =>
        Guid.TryParseExact(TermsJson.Text(json, "peering", 36), "D", out var id) && id.ToString("D") == (string?)json["peering"]
            ? id
            : throw TermsJson.Malformed("\"peering\" is not a UUID in lower case.");

    private static string? Previous(JsonObject json, int version)
    {
        if ((version == 1) != json["previous"] is null)
        {
            throw new PeeringException(PeeringCodes.Version, "All but the first terms name those before them.");
        }

        return version == 1 ? null
            : TermsJson.Text(json, "previous", HashLength) is { Length: HashLength } hash
                ? hash
                : throw TermsJson.Malformed("\"previous\" is not a hash.");
    }

    private static (PeeringParty Proposer, PeeringParty Other) Parties(JsonObject json)
    {
        var who = TermsJson.Objects(json, "parties", 2, 2).Select(PeerDescriptor.Parse).ToArray();
        var grants = TermsJson.Objects(json, "grants", 2, 2);
        if (who[0].Did == who[1].Did || who[0].LogOrigin == who[1].LogOrigin)
        {
            throw new PeeringException(PeeringCodes.Parties, "Nobody is a peer of its own.");
        }

        return (
            new PeeringParty(who[0], GrantReader.Read(grants[0], who[0].Did)),
            new PeeringParty(who[1], GrantReader.Read(grants[1], who[1].Did)));
    }
}
