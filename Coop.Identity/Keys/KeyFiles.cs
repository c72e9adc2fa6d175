using System.Security.Cryptography;

namespace Coop.Identity.Keys;

/// <summary>A node's keys, apart by purpose, each in its own owner-only file of one folder.</summary>
public static class KeyFiles
{
    /// <summary>The Ed25519 key that signs log checkpoints.</summary>
    public static Ed25519Key Log(string folder) => Ed25519(folder, "log.ed25519");

    /// <summary>The Ed25519 key that cosigns the checkpoints of peers.</summary>
    public static Ed25519Key Witness(string folder) => Ed25519(folder, "witness.ed25519");

    /// <summary>An Ed25519 key, made at first use: a 32-byte seed in base64 and a newline.</summary>
    public static Ed25519Key Ed25519(string folder, string name) => Ed25519Key.FromSeed(Decode(
        SecretFile.ReadOrCreate(Path.Combine(folder, name), NewSeed), name));

    /// <summary>A P-256 key, made at first use: PKCS #8 in base64 and a newline.</summary>
    public static P256Key P256(string folder, string name) => P256Key.FromPkcs8(Decode(
        SecretFile.ReadOrCreate(Path.Combine(folder, name), NewP256), name));

    /// <summary>The P-256 key that signs tokens, in the form that ASP.NET Core's handlers take.</summary>
    public static ECDsa Tokens(string folder)
    {
        using var key = P256(folder, "tokens.p256");
        var tokens = ECDsa.Create();
        tokens.ImportPkcs8PrivateKey(key.ExportPkcs8(), out _);
        return tokens;
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
