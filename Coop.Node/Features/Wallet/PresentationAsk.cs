using System.Text.Json;
using Coop.Node.Features.Accounts;
using Coop.Node.Http;

namespace Coop.Node.Features.Wallet;

/// <summary>A request for a presentation whose signature was checked; sealed, it travels with the member.</summary>
/// <param name="MemberId">Who opened it; nobody else may answer with it.</param>
/// <param name="Verifier">The DID that signed it.</param>
/// <param name="Name">What the verifier calls itself; only its DID is proved.</param>
/// <param name="ResponseUri">Where the answer goes.</param>
/// <param name="State">Goes back with the answer.</param>
internal sealed record PresentationAsk(Guid MemberId, string Verifier, string Name, Uri ResponseUri, string? State)
{
    public string Seal(Ceremonies ceremonies) =>
        ceremonies.Start(CeremonyKind.Presentation, JsonSerializer.Serialize(this));

    /// <exception cref="RefusalException">Not ours, expired, or another member's.</exception>
    public static (Ceremony Ceremony, PresentationAsk Ask) Open(Ceremonies ceremonies, string text, Guid memberId)
    {
        var ceremony = ceremonies.Open(CeremonyKind.Presentation, text);
        var ask = JsonSerializer.Deserialize<PresentationAsk>(ceremony.State)!;
        return ask.MemberId == memberId ? (ceremony, ask) : throw Ceremonies.Refusal();
    }
}
