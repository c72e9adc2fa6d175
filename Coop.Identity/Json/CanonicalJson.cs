using System.Text.Json.Nodes;

namespace Coop.Identity.Json;

/// <summary>JSON Canonicalization Scheme, RFC 8785.</summary>
public static class CanonicalJson
{
    /// <summary>The canonical UTF-8 bytes of a value.</summary>
    public static byte[] Serialize(JsonNode? node) => throw new NotImplementedException();
}
