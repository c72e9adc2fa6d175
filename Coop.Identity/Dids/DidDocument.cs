using System.Text.Json.Nodes;

namespace Coop.Identity.Dids;

/// <summary>
/// A DID document (DID Core 1.0, section 5) with the keys that this software can verify with. A method of
/// another kind is passed over; a malformed one refuses the document.
/// </summary>
public sealed class DidDocument
{
    /// <summary>Keys in one document.</summary>
    public const int MaxVerificationMethods = 256;

    private readonly Dictionary<VerificationPurpose, List<VerificationMethod>> _purposes;

    internal DidDocument(
        string id, JsonObject json, IReadOnlyList<VerificationMethod> methods,
        Dictionary<VerificationPurpose, List<VerificationMethod>> purposes)
    {
        Id = id;
        Json = json;
        VerificationMethods = methods;
        _purposes = purposes;
    }

    public string Id { get; }

    /// <summary>The whole document as it was read; not to be changed.</summary>
    public JsonObject Json { get; }

    /// <summary>Every key of the document, also those that stand within a purpose.</summary>
    public IReadOnlyList<VerificationMethod> VerificationMethods { get; }

    /// <param name="json">The document; kept, not copied.</param>
    /// <param name="expectedDid">The DID that was resolved: the document's id must be this.</param>
    /// <exception cref="DidException">It is no DID document, or another DID's, or has a malformed key.</exception>
    public static DidDocument Parse(JsonObject json, string expectedDid) => DidDocumentReader.Read(json, expectedDid);

    /// <summary>The key of this very id, when the document allows it for the purpose.</summary>
    public VerificationMethod? Find(string absoluteId, VerificationPurpose purpose) =>
        For(purpose).FirstOrDefault(m => m.Id == absoluteId);

    /// <summary>All keys that the document allows for a purpose, in its order.</summary>
    public IReadOnlyList<VerificationMethod> For(VerificationPurpose purpose) =>
        _purposes.TryGetValue(purpose, out var methods) ? methods : [];
}
