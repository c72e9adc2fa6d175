namespace Coop.Identity.Dids;

/// <summary>Finds the document of a DID. Thread-safe; answers every failure as a value.</summary>
public interface IDidResolver
{
    /// <param name="url">The DID, and a version in the query where the method has versions.</param>
    /// <param name="ct">Ends the waiting; then, and only then, it throws.</param>
    Task<DidResolution> ResolveAsync(DidUrl url, CancellationToken ct);
}
