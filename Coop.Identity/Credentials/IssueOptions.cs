using System.Security.Cryptography;

namespace Coop.Identity.Credentials;

/// <summary>How a credential is issued.</summary>
/// <param name="Now">The time of the signature.</param>
public sealed record IssueOptions(DateTimeOffset Now)
{
    /// <summary>SD-JWT VC: digests that belong to no claim, so that their number tells little.</summary>
    public int Decoys { get; init; } = 3;

    /// <summary>Random bytes of a length, for salts and decoys.</summary>
    public Func<int, byte[]> Random { get; init; } = RandomNumberGenerator.GetBytes;
}
