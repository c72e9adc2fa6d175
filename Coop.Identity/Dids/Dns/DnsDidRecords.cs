namespace Coop.Identity.Dids.Dns;

/// <summary>What DNS says at <c>_did.DOMAIN</c>.</summary>
/// <param name="Uris">The targets of its URI records (RFC 7553).</param>
/// <param name="Texts">Its TXT records; only looked at where there is no URI record.</param>
/// <param name="IsAuthentic">
/// Whether the resolver says that DNSSEC vouches for the answer (the AD bit) and is one whose word counts.
/// </param>
public sealed record DnsDidRecords(IReadOnlyList<string> Uris, IReadOnlyList<string> Texts, bool IsAuthentic);
