using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Coop.Identity.Json;
using Coop.Node.Http;

namespace Coop.Node.Idempotency;

/// <summary>A request that has its effect at most once.</summary>
/// <param name="MemberId">Who sends it; every member has keys of their own.</param>
/// <param name="Key">Its name.</param>
/// <param name="Hash">SHA-256 of what it asks for, 32 bytes.</param>
public sealed record IdempotentRequest(Guid MemberId, IdempotencyKey Key, ReadOnlyMemory<byte> Hash)
{
    /// <summary>
    /// Fields that are left out and fields that are null are the same to every endpoint; numbers are
    /// written as strings, since RFC 8785 would round those beyond 2^53.
    /// </summary>
    private static readonly JsonSerializerOptions HashedForm = new(StrictJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.WriteAsString,
    };

    /// <param name="http">Gives method and path.</param>
    /// <param name="me">Who sends it.</param>
    /// <param name="key">The header as it came, or null.</param>
    /// <param name="body">The body as the endpoint read it.</param>
    public static IdempotentRequest From<TBody>(
        HttpContext http, CurrentMember me, string? key, TBody body)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(me);
        return new(me.Id, IdempotencyKey.Parse(key), HashOf(http.Request.Method, http.Request.Path, body));
    }

    /// <summary>SHA-256(method ‖ space ‖ path ‖ line feed ‖ canonical body).</summary>
    public static byte[] HashOf<TBody>(string method, string path, TBody body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{method} {path}\n"));
        hash.AppendData(CanonicalJson.Serialize(JsonSerializer.SerializeToNode(body, HashedForm)));
        return hash.GetHashAndReset();
    }
}
