namespace Coop.Federation.Messages;

/// <summary>Why a request between nodes is not believed; listed in specs/peering.md.</summary>
public static class MessageCodes
{
    /// <summary>A field that a signed request carries is not there.</summary>
    public const string SignatureMissing = "signature-missing";

    /// <summary>A field is not of the form that specs/peering.md fixes, or longer than it may be.</summary>
    public const string SignatureMalformed = "signature-malformed";

    /// <summary>The signature does not cover what it has to, or is of another kind.</summary>
    public const string SignatureComponents = "signature-components";

    /// <summary>It has expired.</summary>
    public const string SignatureStale = "signature-stale";

    /// <summary>It was made in the future.</summary>
    public const string SignatureFuture = "signature-future";

    /// <summary>It is good for longer than a request may be, or for no time.</summary>
    public const string SignatureLifetime = "signature-lifetime";

    /// <summary>The request is meant for somebody else.</summary>
    public const string DestinationWrong = "destination-wrong";

    /// <summary>The key did not sign this request.</summary>
    public const string SignatureWrong = "signature-wrong";

    /// <summary>The body is another than the one that was signed.</summary>
    public const string DigestMismatch = "digest-mismatch";
}
