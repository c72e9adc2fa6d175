using System.Net.Http.Headers;

namespace Coop.Testing;

/// <summary>Adds a bearer token to requests; signs in again for the next one when the last has expired.</summary>
internal sealed class BearerHandler(PasskeySession session, TimeProvider time)
    : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
{
    // Less than the ten minutes that a token lasts, and by enough for a slow machine.
    private static readonly TimeSpan UseFor = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1);
    private (string Text, DateTimeOffset Until) _token = ("", DateTimeOffset.MinValue);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        _one.Dispose();
        base.Dispose(disposing);
    }

    private async Task<string> TokenAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            var now = time.GetUtcNow();
            if (now >= _token.Until)
            {
                await session.SignInAsync();
                _token = (await session.IssueTokenAsync(), now + UseFor);
            }

            return _token.Text;
        }
        finally
        {
            _one.Release();
        }
    }
}
