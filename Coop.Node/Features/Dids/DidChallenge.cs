using System.Text.Json;
using Coop.Node.Features.Accounts;
using Coop.Node.Http;

namespace Coop.Node.Features.Dids;

/// <summary>What somebody has to sign to show that a DID is theirs: specs/wallet.md.</summary>
/// <param name="MemberId">Who asked; nobody else may answer.</param>
/// <param name="Did">The DID that is to be linked.</param>
/// <param name="Nonce">32 lower-case hexadecimal characters, 16 random bytes.</param>
/// <param name="IssuedAt">Whole seconds.</param>
public sealed record DidChallenge(Guid MemberId, string Did, string Nonce, DateTimeOffset IssuedAt)
{
    /// <summary>Sealed, to travel with the caller.</summary>
    public string Seal(Ceremonies ceremonies)
    {
        ArgumentNullException.ThrowIfNull(ceremonies);
        return ceremonies.Start(CeremonyKind.DidLink, JsonSerializer.Serialize(this));
    }

    /// <exception cref="RefusalException">Not ours, expired, or another member's.</exception>
    public static (Ceremony Ceremony, DidChallenge Challenge) Open(
        Ceremonies ceremonies, string text, Guid memberId)
    {
        ArgumentNullException.ThrowIfNull(ceremonies);
        var ceremony = ceremonies.Open(CeremonyKind.DidLink, text);
        var challenge = JsonSerializer.Deserialize<DidChallenge>(ceremony.State)!;
        return challenge.MemberId == memberId ? (ceremony, challenge) : throw Ceremonies.Refusal();
    }
}
