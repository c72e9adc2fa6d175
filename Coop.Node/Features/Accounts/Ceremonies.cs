using System.Security.Cryptography;
using System.Text.Json;
using Coop.Node.Http;
using Microsoft.AspNetCore.DataProtection;

namespace Coop.Node.Features.Accounts;

/// <summary>
/// Ceremonies between their two requests. The state travels with the caller, sealed, so that starting one
/// writes nothing; only its use is written, which makes the challenge single-use. Thread-safe.
/// </summary>
public sealed class Ceremonies(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int MaxLength = 8192;

    /// <summary>Starts a ceremony; returns what the caller brings back.</summary>
    public string Start(CeremonyKind kind, string state, Guid? invitationId = null)
    {
        var now = time.GetUtcNow();
        var ceremony = new Ceremony(Guid.CreateVersion7(now), now + Lifetime, state, invitationId);
        return Protector(kind).Protect(JsonSerializer.Serialize(ceremony));
    }

    /// <exception cref="RefusalException">Not sealed by this node for this kind, or expired.</exception>
    public Ceremony Open(CeremonyKind kind, string sealedCeremony)
    {
        ArgumentNullException.ThrowIfNull(sealedCeremony);
        try
        {
            var text = sealedCeremony.Length > MaxLength ? "" : Protector(kind).Unprotect(sealedCeremony);
            return JsonSerializer.Deserialize<Ceremony>(text) is { } ceremony
                && time.GetUtcNow() < ceremony.ExpiresAt
                    ? ceremony
                    : throw Refusal();
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            throw Refusal();
        }
    }

    public static RefusalException Refusal() =>
        ProblemTypes.CeremonyInvalid.With("Start again: a ceremony is good for five minutes, and once.");

    private IDataProtector Protector(CeremonyKind kind) =>
        protection.CreateProtector("coop.ceremony.v1", kind.ToString());
}
