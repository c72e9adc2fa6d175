using System.Text.Json.Nodes;
using Coop.Identity.Json;

namespace Coop.Identity.Dids;

/// <summary>did:web (W3C CCG, did:web method): the document lies on the web server that the DID names.</summary>
public static class DidWeb
{
    public const string Method = "web";

    /// <summary>A larger document is refused.</summary>
    public const int MaxSizeBytes = 256 * 1024;

    private const string Prefix = "did:web:";

    /// <summary>The DID of a web address.</summary>
    /// <param name="node">Scheme, host, port and path, e.g. <c>https://coop.example:8443/node</c>.</param>
    /// <exception cref="DidException">The address is none that a did:web can have, e.g. an IP address.</exception>
    public static string Create(Uri node)
    {
        var did = Prefix + Identifier(node);
        Address(did);
        return did;
    }

    /// <summary>What did:web and did:webvh say of a web address, e.g. <c>coop.example%3A8443:node</c>.</summary>
    public static string Identifier(Uri node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var port = node.IsDefaultPort ? "" : $"%3A{node.Port}";
        var path = string.Concat(node.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(s => ":" + s));
        return node.IdnHost + port + path;
    }

    /// <summary>Where the document lies.</summary>
    /// <exception cref="DidException">It is no did:web.</exception>
    public static Uri Address(string did) => Location(did).Address("did.json");

    /// <exception cref="DidException">It is no document, or another DID's.</exception>
    public static DidDocument Parse(ReadOnlySpan<byte> json, string did)
    {
        if (json.Length > MaxSizeBytes)
        {
            throw new DidException(DidError.TooLarge, DidCodes.TooLarge, "The DID document is too large.");
        }

        try
        {
            return CanonicalJson.Parse(json) is JsonObject document
                ? DidDocument.Parse(document, did)
                : throw new DidException(DidError.InvalidDidDocument, DidCodes.Document, "The DID document is no JSON object.");
        }
        catch (CanonicalJsonException e)
        {
            throw new DidException(DidError.InvalidDidDocument, DidCodes.Document, e.Message, e);
        }
    }

    internal static WebLocation Location(string did)
    {
        ArgumentNullException.ThrowIfNull(did);
        return did.StartsWith(Prefix, StringComparison.Ordinal)
            ? WebLocation.Parse(did[Prefix.Length..])
            : throw new DidException(DidError.InvalidDid, DidCodes.InvalidIdentifier, "This is not a did:web.");
    }
}
