using System.Security.Cryptography;
using System.Text;

namespace Coop.Federation.Replication;

/// <summary>A log's short name in paths and subjects: the SHA-256 of its origin, in lower-case hex.</summary>
public static class LogSubject
{
    public const string Prefix = "log:";

    /// <summary>64 characters.</summary>
    public static string IdOf(string origin) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    /// <summary>An entry's subject, where it is about that log.</summary>
    public static string Of(string origin) => Prefix + IdOf(origin);
}
