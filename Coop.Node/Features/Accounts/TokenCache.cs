using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Coop.Node.Features.Accounts;

/// <summary>
/// Remembers tokens that were valid, by their SHA-256 and until they expire: a program sends the same token
/// thousands of times, and an ES256 check costs more than the rest of the request's work. Thread-safe.
/// </summary>
/// <remarks>
/// Only valid tokens are kept, so nobody without one can fill it. A hit is checked for time again; the
/// member behind it is looked up on every request, hit or not.
/// </remarks>
internal sealed class TokenCache(JsonWebTokenHandler handler, TimeProvider time) : TokenHandler
{
    private const int MaxCount = 4096;

    private readonly ConcurrentDictionary<Digest, TokenValidationResult> _valid = new();

    public int Count => _valid.Count;

    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token, TokenValidationParameters validationParameters)
    {
        var digest = Digest.Of(token);
        if (_valid.TryGetValue(digest, out var known))
        {
            if (time.GetUtcNow().UtcDateTime < known.SecurityToken.ValidTo)
            {
                return known;
            }

            _valid.TryRemove(digest, out _);
        }

        var result = await handler.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
        {
            MakeRoom();
            _valid[digest] = result;
        }

        return result;
    }

    public override SecurityToken ReadToken(string token) => handler.ReadToken(token);

    private void MakeRoom()
    {
        if (_valid.Count < MaxCount)
        {
            return;
        }

        var now = time.GetUtcNow().UtcDateTime;
        foreach (var (digest, result) in _valid)
        {
            if (result.SecurityToken.ValidTo <= now)
            {
                _valid.TryRemove(digest, out _);
            }
        }

        if (_valid.Count >= MaxCount)
        {
            _valid.Clear();
        }
    }

    private readonly record struct Digest(UInt128 High, UInt128 Low)
    {
        public static Digest Of(string token)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(MemoryMarshal.AsBytes(token.AsSpan()), hash);
            return MemoryMarshal.Read<Digest>(hash);
        }
    }
}
