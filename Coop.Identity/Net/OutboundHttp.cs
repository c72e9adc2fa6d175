using System.Net;
using System.Net.Sockets;

namespace Coop.Identity.Net;

/// <summary>
/// The one client for requests to addresses that others name (DID documents, status lists, metadata).
/// </summary>
/// <remarks>
/// https alone, and public addresses alone, unless allowed otherwise. The address is judged where the
/// connection is made, so a name that first resolves to one address and then to another gains nothing, and
/// a redirect is judged as the first request is. No proxy, no cookies, no credentials. Bounded in size, time
/// and redirects. Thread-safe; one for the life of the process.
/// </remarks>
public sealed class OutboundHttp : IDisposable
{
    private const int MaxHeadersKilobytes = 32;
    private const int MaxAddresses = 8;

    private readonly OutboundOptions _options;
    private readonly HttpMessageInvoker _http;

    public OutboundHttp(OutboundOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = MaxHeadersKilobytes,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = ConnectAsync,
        });
    }

    public OutboundOptions Options => _options;

    /// <param name="uri">An absolute address.</param>
    /// <param name="limits">What the request may cost.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="OutboundException">There is no answer within the limits.</exception>
    public Task<OutboundAnswer> GetAsync(Uri uri, OutboundLimits limits, CancellationToken ct) =>
        RunAsync(uri, limits, token => FollowAsync(uri, limits, token), ct);

    /// <summary>Posts a form; redirects are answered, not followed.</summary>
    /// <exception cref="OutboundException">There is no answer within the limits; it may have arrived all the same.</exception>
    public Task<OutboundAnswer> PostFormAsync(
        Uri uri, IReadOnlyDictionary<string, string> form, OutboundLimits limits, CancellationToken ct) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, uri) { Content = new FormUrlEncodedContent(form) }, limits, ct);

    /// <summary>Sends any request once, and disposes of it; redirects are answered, not followed.</summary>
    /// <exception cref="OutboundException">There is no answer within the limits; it may have arrived all the same.</exception>
    public async Task<OutboundAnswer> SendAsync(HttpRequestMessage request, OutboundLimits limits, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        using (request)
        {
            return await RunAsync(request.RequestUri!, limits, token => SendOnceAsync(request, limits, token), ct);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<OutboundAnswer> RunAsync(
        Uri uri, OutboundLimits limits, Func<CancellationToken, Task<OutboundAnswer>> send, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentNullException.ThrowIfNull(limits);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(limits.Timeout);
        try
        {
            return await send(time.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new OutboundException(
                OutboundError.TooSlow, $"{uri.Host} took longer than {limits.Timeout.TotalSeconds:0.#} s.", e);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or InvalidDataException
            || (e is IOException && e is not OutboundException))
        {
            // What the connection's callback refused comes wrapped.
            throw e.GetBaseException() as OutboundException
                ?? new OutboundException(OutboundError.Unreachable, $"{uri.Host} could not be reached: {e.Message}", e);
        }
    }

    private async Task<OutboundAnswer> SendOnceAsync(
        HttpRequestMessage request, OutboundLimits limits, CancellationToken ct)
    {
        CheckScheme(request.RequestUri!);
        request.Headers.UserAgent.ParseAdd("coop-node");
        using var response = await _http.SendAsync(request, ct);
        return await OutboundBody.ReadAsync(response, request.RequestUri!, limits, ct);
    }

    private async Task<OutboundAnswer> FollowAsync(Uri uri, OutboundLimits limits, CancellationToken ct)
    {
        var visited = new HashSet<Uri>();
        while (true)
        {
            CheckScheme(uri);
            if (!visited.Add(uri) || visited.Count > limits.MaxRedirects + 1)
            {
                throw new OutboundException(OutboundError.TooManyRedirects, "Too many redirects, or in a circle.");
            }

            using var response = await GetOnceAsync(uri, limits, ct);
            if (Redirect(response, uri) is not { } next)
            {
                return await OutboundBody.ReadAsync(response, uri, limits, ct);
            }

            uri = next;
        }
    }

    private async Task<HttpResponseMessage> GetOnceAsync(Uri uri, OutboundLimits limits, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.UserAgent.ParseAdd("coop-node");
        if (limits.Accept is { } accept)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        return await _http.SendAsync(request, ct);
    }

    private static Uri? Redirect(HttpResponseMessage response, Uri from) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location
            ? new Uri(from, location)
            : null;

    private void CheckScheme(Uri uri)
    {
        if (!uri.IsAbsoluteUri || uri.UserInfo.Length > 0
            || !(uri.Scheme == Uri.UriSchemeHttps || (_options.AllowHttp && uri.Scheme == Uri.UriSchemeHttp)))
        {
            throw new OutboundException(OutboundError.Refused, "Only https addresses are fetched.");
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _options.FindAddresses(host, ct);
        var allowed = addresses.Where(a => _options.AllowPrivateAddresses || PublicAddress.Is(a)).Take(MaxAddresses).ToArray();
        if (allowed.Length == 0)
        {
            throw new OutboundException(OutboundError.Refused, $"{host} has no address that may be fetched from.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
