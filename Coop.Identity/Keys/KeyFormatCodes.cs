namespace Coop.Identity.Keys;

/// <summary>Why something is no key: the stable codes of <see cref="KeyFormatException"/>.</summary>
public static class KeyFormatCodes
{
    /// <summary>Not base64url without padding, or not its canonical form.</summary>
    public const string Base64Url = "key-base64url";

    /// <summary>Not base58btc, or not its multibase prefix, or too long.</summary>
    public const string Base58 = "key-base58";

    /// <summary>A multicodec or curve that is not known here; it may be a good key.</summary>
    public const string Unsupported = "key-unsupported";

    /// <summary>The key has another number of bytes.</summary>
    public const string Length = "key-length";

    /// <summary>The bytes are no point of the curve, or not its canonical encoding.</summary>
    public const string NotOnCurve = "key-not-on-curve";

    /// <summary>A point of small order: everybody knows signatures that it verifies.</summary>
    public const string SmallOrder = "key-small-order";

    /// <summary>The JWK lacks a member or has one of a wrong kind.</summary>
    public const string Jwk = "key-jwk";

    /// <summary>The JWK is, or contains, a private key.</summary>
    public const string PrivateJwk = "key-jwk-private";

    /// <summary>The JWK names an algorithm that is not the one of its curve.</summary>
    public const string Algorithm = "key-jwk-algorithm";
}
