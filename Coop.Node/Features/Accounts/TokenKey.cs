using System.Security.Cryptography;
using Coop.Node.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace Coop.Node.Features.Accounts;

/// <summary>
/// The P-256 key that signs the node's bearer tokens (ES256), made at the first start. Replicas of one node
/// share the file, as they share all keys. Thread-safe.
/// </summary>
public sealed class TokenKey : IDisposable
{
    private const string FileName = "token-p256.pem";
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
        PrivateFolder.Ensure(options.KeyFolder);
        var path = Path.Combine(options.KeyFolder, FileName);
        if (!File.Exists(path))
        {
            Create(path);
        }

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return new TokenKey(key);
    }

    /// <summary>The public half: X and Y, 32 bytes each.</summary>
    public ECPoint PublicPoint() => _key.ExportParameters(includePrivateParameters: false).Q;

    public void Dispose() => _key.Dispose();

    private static void Create(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draft = $"{path}.{RandomNumberGenerator.GetHexString(16)}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
            file.Flush(flushToDisk: true);
        }

        try
        {
            // Whole or not at all; where another process was first, its key stands.
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
