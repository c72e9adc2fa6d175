namespace Coop.Identity.Dids;

/// <summary>The stable codes of <see cref="DidException"/> and <see cref="DidResolution.Code"/>: specs/dids.md.</summary>
public static class DidCodes
{
    /// <summary>The text is no DID URL.</summary>
    public const string InvalidUrl = "did-url";

    /// <summary>The method-specific part is not what the method allows.</summary>
    public const string InvalidIdentifier = "did-identifier";

    /// <summary>The method is not known here.</summary>
    public const string MethodNotSupported = "did-method-unsupported";

    /// <summary>The document's id is another DID.</summary>
    public const string DocumentId = "did-document-id";

    /// <summary>The document is not JSON, or lacks a member, or has one of a wrong kind.</summary>
    public const string Document = "did-document";

    /// <summary>The document or history is larger than is allowed.</summary>
    public const string TooLarge = "did-too-large";

    /// <summary>It could not be fetched.</summary>
    public const string Unreachable = "did-unreachable";

    /// <summary>It could not be fetched in time.</summary>
    public const string TooSlow = "did-too-slow";

    /// <summary>The way to it is too many redirects, or a circle.</summary>
    public const string Redirects = "did-redirects";

    /// <summary>It lies where the node does not fetch from.</summary>
    public const string Refused = "did-address-refused";

    /// <summary>There is no such DID, or no such version.</summary>
    public const string NotFound = "did-not-found";

    /// <summary>The DID exists no longer.</summary>
    public const string Deactivated = "did-deactivated";
}
