using System.Net;
using System.Net.Http.Headers;
using Coop.Federation.Audit;

namespace Coop.Node.Cli.Books;

/// <summary>Where the books for an audit come from: a file, or the node itself by the right of a treasurer.</summary>
/// <param name="FilePath">The file, from <c>ledger export audit</c> or the API; null to ask the node.</param>
/// <param name="TokenPath">A file with a bearer token of a treasurer or an administrator; null for a file.</param>
internal sealed record BooksSource(string? FilePath, string? TokenPath)
{
    private const int MaxTokenSizeBytes = 16 * 1024;
    private static readonly TimeSpan MaxSilence = TimeSpan.FromMinutes(2);

    /// <summary>The one that the options name; null where the books are not asked for.</summary>
    /// <exception cref="AuditImpossibleException">Both are given.</exception>
    public static BooksSource? Of(string? filePath, string? tokenPath) => (filePath, tokenPath) switch
    {
        (null, null) => null,
        ({ }, { }) => throw new AuditImpossibleException("Give --books or --token, not both."),
        _ => new(filePath, tokenPath),
    };

    /// <summary>Opens the books, to be taken before the log is: the log then shows at least what they go with.</summary>
    /// <exception cref="AuditImpossibleException">They cannot be had.</exception>
    public async Task<Stream> OpenAsync(HttpClient http, Uri node, CancellationToken ct)
    {
        try
        {
            return FilePath is not null ? File.OpenRead(FilePath) : await FetchAsync(http, node, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            throw new AuditImpossibleException($"The books cannot be had: {e.Message}", e);
        }
    }

    private async Task<Stream> FetchAsync(HttpClient http, Uri node, CancellationToken ct)
    {
        var token = (await InputFile.ReadAsync(TokenPath!, MaxTokenSizeBytes, ct)).Trim();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node, "/api/ledger/export/audit"));
        request.Headers.Authorization = AuthenticationHeaderValue.TryParse($"Bearer {token}", out var header)
            ? header
            : throw new AuditImpossibleException($"{TokenPath} holds no token.");
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ct);
        silence.CancelAfter(MaxSilence);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? await CopyAsync(await response.Content.ReadAsStreamAsync(silence.Token), silence)
                : throw new AuditImpossibleException($"The node does not give its books: {(int)response.StatusCode} {response.ReasonPhrase}.");
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new AuditImpossibleException("The node stopped sending its books.", e);
        }
    }

    private static async Task<Stream> CopyAsync(Stream from, CancellationTokenSource silence)
    {
        var file = new FileStream(
            Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            var piece = new byte[64 * 1024];
            while (await from.ReadAsync(piece, silence.Token) is > 0 and var read)
            {
                silence.CancelAfter(MaxSilence);
                await file.WriteAsync(piece.AsMemory(0, read), silence.Token);
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
