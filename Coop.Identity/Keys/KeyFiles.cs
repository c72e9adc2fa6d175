using System.Security.Cryptography;

namespace Coop.Identity.Keys;

/// <summary>A node's keys, apart by purpose, each in its own owner-only file of one folder.</summary>
public static class KeyFiles
{
    /// <summary>The Ed25519 key that signs log checkpoints: a 32-byte seed in base64 and a newline.</summary>
    public static Ed25519Key Log(string folder) => Ed25519Key.FromSeed(Decode(
        SecretFile.ReadOrCreate(Path.Combine(folder, "log.ed25519"), NewSeed), "log.ed25519"));

    /// <summary>The P-256 key that signs tokens: PKCS #8 in base64 and a newline.</summary>
    public static ECDsa Tokens(string folder)
    {
        var pkcs8 = Decode(SecretFile.ReadOrCreate(Path.Combine(folder, "tokens.p256"), NewP256), "tokens.p256");
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return key;
        }
        catch (CryptographicException e)
        {
            key.Dispose();
            throw new FormatException("The key file tokens.p256 holds no PKCS #8 key.", e);
        }
    }

    private static byte[] NewSeed()
    {
        using var key = Ed25519Key.Generate();
        return Encode(key.ExportSeed());
    }

    private static byte[] NewP256()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Encode(key.ExportPkcs8PrivateKey());
    }

    private static byte[] Encode(byte[] secret) =>
        System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(secret) + "\n");

    private static byte[] Decode(byte[] file, string name)
    {
        try
        {
            return Convert.FromBase64String(System.Text.Encoding.ASCII.GetString(file));
        }
        catch (FormatException e)
        {
            throw new FormatException($"The key file {name} is damaged; restore it from a backup.", e);
        }
    }
}
