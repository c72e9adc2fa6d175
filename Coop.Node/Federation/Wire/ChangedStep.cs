using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Node.Log;

namespace Coop.Node.Federation.Wire;

/// <summary>A signed request with a step that contradicts the one that was taken under its number.</summary>
/// <param name="Number">Of the step.</param>
/// <param name="Body">As it was sent.</param>
/// <param name="SignatureInput">What the peer signed, see specs/peering.md, Signed requests.</param>
/// <param name="Signature">The peer's.</param>
internal sealed record ChangedStep(long Number, string Body, string SignatureInput, string Signature)
{
    /// <summary>SHA-256 of the body: what is said twice is kept once.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Body));

    public static ChangedStep Of(StepMessage message, byte[] body, HttpRequest request) => new(
        message.Number, Encoding.UTF8.GetString(body), request.Headers[PeerHeaders.SignatureInput].ToString(),
        request.Headers[PeerHeaders.Signature].ToString());

    /// <summary>Its payload has people's words, and so is for members alone.</summary>
    public EventDraft Event(PeeringRecord record) => new(
        EventTypes.PeeringContradicted, PeeringBook.Node, $"peering:{record.Id:D}", Visibility.Members, new JsonObject
        {
            ["peering"] = record.Id.ToString("D"),
            ["peer"] = record.PeerDid,
            ["number"] = Number,
            ["shown"] = Body,
            ["signatureInput"] = SignatureInput,
            ["signature"] = Signature,
        });
}
