using System.Security.Cryptography;
using Coop.Identity.Keys;
using Coop.Node.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace Coop.Node.Features.Accounts;

/// <summary>
/// The P-256 key that signs the node's bearer tokens (ES256), made at the first start. Replicas of one node
/// share the file, as they share all keys. Thread-safe.
/// </summary>
public sealed class TokenKey : IDisposable
{
    private readonly ECDsa _key;

    private TokenKey(ECDsa key)
    {
        _key = key;
        Security = new ECDsaSecurityKey(key);
        Security.KeyId = Base64UrlEncoder.Encode(Security.ComputeJwkThumbprint());
    }

    /// <summary>The key with its id: the RFC 7638 thumbprint.</summary>
    public ECDsaSecurityKey Security { get; }

    /// <summary>Reads the key, or makes it where there is none.</summary>
    public static TokenKey Open(NodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TokenKey(KeyFiles.Tokens(options.KeyFolder));
    }

    /// <summary>The public half: X and Y, 32 bytes each.</summary>
    public ECPoint PublicPoint() => _key.ExportParameters(includePrivateParameters: false).Q;

    public void Dispose() => _key.Dispose();
}
