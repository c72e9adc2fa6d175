using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Identity.Credentials;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Claims;

/// <summary>A claim as one co-op would send it to another.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    public static readonly Guid Id = new("0198a0b0-0000-7000-8000-000000000001");

    public static IssuerKey Sender { get; } = IssuerKey.OfDidKey(Ed25519Key.FromSeed(Enumerable.Repeat((byte)1, 32).ToArray()));

    public static IssuerKey Receiver { get; } = IssuerKey.OfDidKey(Ed25519Key.FromSeed(Enumerable.Repeat((byte)2, 32).ToArray()));

    public static ClaimEnvelope Claim(ClaimKind kind = ClaimKind.TradeReference) => new(
        Id, kind, Sender.Did, Receiver.Did, Now, ClaimKinds.IsAboutMember(kind) ? Id : null,
        new ClaimTerms("To trade with us", Now.AddDays(30), false), Credential(kind));

    public static JsonObject Signed(ClaimEnvelope claim) => Sign(claim.ToJson());

    public static JsonObject Sign(JsonObject body) => Statement.SignWithCredential(body, Sender.Id, Sender.Key, Now);

    private static JsonObject Credential(ClaimKind kind) => new()
    {
        ["type"] = new JsonArray("VerifiableCredential", ClaimKinds.TypeOf(kind).Name),
        ["issuer"] = new JsonObject { ["id"] = Sender.Did, ["name"] = "Acorn" },
        ["credentialSubject"] = new JsonObject { ["id"] = Sender.Did, ["tradesIn"] = "bread" },
    };
}
