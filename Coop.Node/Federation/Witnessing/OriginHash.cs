using System.Security.Cryptography;
using System.Text;

namespace Coop.Node.Federation.Witnessing;

/// <summary>A log's origin as it stands in paths: the SHA-256 of its UTF-8, in lower-case hexadecimal.</summary>
public static class OriginHash
{
    public static string Of(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));
}
