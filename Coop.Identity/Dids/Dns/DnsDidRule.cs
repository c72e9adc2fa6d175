namespace Coop.Identity.Dids.Dns;

/// <summary>
/// Compares a DID with what its domain says in DNS, after draft-carter-high-assurance-dids-with-dns: URI
/// records of <c>_did.DOMAIN</c> whose target is the DID; without any, TXT records that are the DID, or
/// <c>did=</c> and the DID.
/// </summary>
public static class DnsDidRule
{
    private const string TextPrefix = "did=";

    /// <summary>The name to ask for, without final dot.</summary>
    /// <exception cref="DidException">The DID names no domain.</exception>
    public static string NameFor(string did)
    {
        ArgumentNullException.ThrowIfNull(did);
        var location = did.StartsWith("did:web:", StringComparison.Ordinal)
            ? DidWeb.Location(did)
            : WebVh.WebVhDid.Parse(did).Location;
        return "_did." + location.Domain;
    }

    public static DnsAssurance Compare(string did, DnsDidRecords records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var named = records.Uris.Count > 0 ? records.Uris : [.. records.Texts.Select(WithoutPrefix).Where(IsDid)];
        return named.Count == 0 ? DnsAssurance.Absent
            : !named.Contains(did) ? DnsAssurance.Contradicted
            : records.IsAuthentic ? DnsAssurance.Confirmed
            : DnsAssurance.Named;
    }

    private static string WithoutPrefix(string text) =>
        text.StartsWith(TextPrefix, StringComparison.Ordinal) ? text[TextPrefix.Length..] : text;

    // A domain may have other texts there.
    private static bool IsDid(string text) => text.StartsWith("did:", StringComparison.Ordinal);
}
