using Coop.Federation.Replication;

namespace Coop.Federation.Audit.Between;

/// <summary>A node's list of its copies (specs/replication.md, Copies, served).</summary>
internal static class MirrorList
{
    private const int MaxSizeBytes = 1024 * 1024;
    private const int MaxIdLength = 100;

    /// <summary>
    /// The name in paths of the copy that a node keeps of a log now; by the log's origin alone where the node does not
    /// list one.
    /// </summary>
    /// <exception cref="AnswerException">The list cannot be read.</exception>
    /// <exception cref="AuditImpossibleException">There was no answer.</exception>
    public static async Task<string> FindIdAsync(ILogSource federation, string origin, CancellationToken ct)
    {
        var list = await RemoteJson.FetchAsync(federation, "mirrors", MaxSizeBytes, ct);
        var item = list is null
            ? null
            : RemoteJson.List(list, "mirrors").FirstOrDefault(m => RemoteJson.OptionalText(m, "origin") == origin);
        return item is null ? LogSubject.IdOf(origin) : Checked(RemoteJson.Text(item, "id"));
    }

    // It becomes part of an address.
    private static string Checked(string id) => id.Length <= MaxIdLength && id.All(c => char.IsAsciiHexDigitLower(c) || c == '-')
        ? id
        : throw new AnswerException("The id of a copy is not one.");
}
