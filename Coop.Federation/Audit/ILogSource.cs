namespace Coop.Federation.Audit;

/// <summary>
/// Where an audited log's files come from: a node over HTTP, or a copy of it. What it answers is not
/// trusted. Implementations are safe for concurrent calls.
/// </summary>
public interface ILogSource
{
    /// <summary>Reads one file of the log.</summary>
    /// <param name="path">Below the log's prefix, e.g. <c>checkpoint</c> or <c>tile/0/000</c>.</param>
    /// <param name="maxSizeBytes">Of a longer file, one byte more than this is answered and no more.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The file; null when the log says that it has none.</returns>
    /// <exception cref="AuditImpossibleException">There was no answer.</exception>
    Task<byte[]?> FetchAsync(string path, int maxSizeBytes, CancellationToken ct);
}
