using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace Coop.Identity.Dids.Dns;

/// <summary>Asks DNS what a domain says of DIDs. Thread-safe.</summary>
public sealed class DnsDidClient
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private readonly LookupClient _client;
    private readonly bool _isTrusted;

    /// <param name="resolver">
    /// A resolver that validates DNSSEC, reached over a path that nobody else writes to: its AD bit counts.
    /// Null for the system's own, whose AD bit does not.
    /// </param>
    public DnsDidClient(IPEndPoint? resolver)
    {
        _isTrusted = resolver is not null;
        var options = resolver is null ? new LookupClientOptions() : new LookupClientOptions(resolver);
        options.UseCache = false;
        options.Timeout = Timeout;
        options.Retries = 1;
        options.RequestDnsSecRecords = true;
        options.ThrowDnsErrors = false;
        _client = new LookupClient(options);
    }

    /// <summary>The records of <c>_did.DOMAIN</c>; TXT is asked for only where there is no URI record.</summary>
    /// <exception cref="IOException">DNS did not answer, or with an error.</exception>
    public async Task<DnsDidRecords> AskAsync(string name, CancellationToken ct)
    {
        var uris = await QueryAsync(name, QueryType.URI, ct);
        var targets = uris.Answers.OfType<UriRecord>().OrderBy(r => r.Priority).Select(r => r.Target.Trim('"')).ToArray();
        if (targets.Length > 0)
        {
            return new DnsDidRecords(targets, [], IsAuthentic(uris));
        }

        var texts = await QueryAsync(name, QueryType.TXT, ct);
        return new DnsDidRecords(
            [], [.. texts.Answers.OfType<TxtRecord>().Select(r => string.Concat(r.Text))], IsAuthentic(texts));
    }

    private bool IsAuthentic(IDnsQueryResponse response) => _isTrusted && response.Header.IsAuthenticData;

    private async Task<IDnsQueryResponse> QueryAsync(string name, QueryType type, CancellationToken ct)
    {
        try
        {
            var response = await _client.QueryAsync(name, type, QueryClass.IN, ct);
            return response.Header.ResponseCode is DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain
                ? response
                : throw new IOException($"DNS answered {response.Header.ResponseCode} for {name}.");
        }
        catch (DnsResponseException e)
        {
            throw new IOException($"DNS did not answer for {name}: {e.Message}", e);
        }
    }
}
