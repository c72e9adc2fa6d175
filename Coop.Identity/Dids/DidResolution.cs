using System.Diagnostics.CodeAnalysis;

namespace Coop.Identity.Dids;

/// <summary>The answer of a resolver: a document, or why there is none.</summary>
/// <param name="Document">Null unless <paramref name="Error"/> is <see cref="DidError.None"/>.</param>
/// <param name="Error">How it ended.</param>
/// <param name="Detail">For people.</param>
/// <param name="Metadata">Also set for a deactivated DID.</param>
public sealed record DidResolution(DidDocument? Document, DidError Error, string? Detail, DidMetadata Metadata)
{
    /// <summary>A stable text that says more than the error; null when it resolved.</summary>
    public string? Code { get; init; }

    [MemberNotNullWhen(true, nameof(Document))]
    public bool IsResolved => Error == DidError.None && Document is not null;

    public static DidResolution Of(DidDocument document, DidMetadata? metadata = null) =>
        new(document, DidError.None, null, metadata ?? DidMetadata.Empty);

    public static DidResolution Failed(DidError error, string code, string detail, DidMetadata? metadata = null) =>
        new(null, error, detail, metadata ?? DidMetadata.Empty) { Code = code };

    public static DidResolution Failed(DidException refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return Failed(refusal.Error, refusal.Code, refusal.Message);
    }
}
