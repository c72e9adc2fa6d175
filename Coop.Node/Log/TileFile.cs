using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Coop.Node.Log;

/// <summary>A tile or a bundle as it is served.</summary>
/// <param name="Bytes">Its content.</param>
/// <param name="Tag">Of a full one, which never changes: its hash. Null for a partial one.</param>
public sealed record TileFile(byte[] Bytes, EntityTagHeaderValue? Tag)
{
    /// <summary>A full tile or bundle; its tag is computed here once.</summary>
    public static TileFile Full(byte[] bytes) =>
        new(bytes, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\""));
}
