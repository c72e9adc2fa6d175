using Coop.Identity.Credentials;
using Coop.Identity.Credentials.Verification;

namespace Coop.Identity.Status;

/// <summary>Status lists that are at hand, by the addresses that they name themselves; then another source.</summary>
public sealed class StatusListsAtHand : IStatusSource
{
    private readonly Dictionary<string, string> _lists = new(StringComparer.Ordinal);
    private readonly IStatusSource? _otherwise;

    /// <param name="lists">Texts of status lists; they are verified when they are used, not here.</param>
    /// <param name="otherwise">For other lists; null to have no others.</param>
    /// <exception cref="CredentialException">One of the texts is no status list.</exception>
    public StatusListsAtHand(IEnumerable<string> lists, IStatusSource? otherwise)
    {
        ArgumentNullException.ThrowIfNull(lists);
        _otherwise = otherwise;
        foreach (var list in lists)
        {
            _lists[AddressOf(list)] = list;
        }
    }

    public Task<StatusListAnswer> FetchAsync(Uri uri, StatusListKind kind, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return _lists.TryGetValue(uri.OriginalString, out var text) ? Task.FromResult(StatusListAnswer.Of(text))
            : _otherwise is not null ? _otherwise.FetchAsync(uri, kind, ct)
            : Task.FromResult(StatusListAnswer.Failed("It is not at hand, and nothing is fetched."));
    }

    private static string AddressOf(string text)
    {
        try
        {
            return OpenedStatusList.Open(text, StatusListKind.Token).Uri;
        }
        catch (CredentialException)
        {
            return OpenedStatusList.Open(text, StatusListKind.Bitstring).Uri;
        }
    }
}
