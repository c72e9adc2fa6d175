namespace Coop.Federation.Messages;

/// <summary>What a signature between nodes covers (RFC 9421, section 2), and what it calls itself.</summary>
internal static class Components
{
    public const string Method = "@method";
    public const string TargetUri = "@target-uri";
    public const string ContentDigest = "content-digest";
    public const string Destination = "coop-destination";

    public const string Algorithm = "ed25519";
    public const string Tag = "coop-federation";
    public const string Label = "sig1";

    /// <summary>In the order in which this node writes them.</summary>
    public static IReadOnlyList<string> Of(bool hasBody) => hasBody
        ? [Method, TargetUri, ContentDigest, Destination]
        : [Method, TargetUri, Destination];
}
