using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Trade;
using Coop.Identity.Credentials;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Trade;

/// <summary>Two co-ops, and messages as the one would send them to the other.</summary>
internal static class TradeSamples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 5, 0, 0, TimeSpan.Zero);

    public static readonly Guid Id = new("0198a0b0-0000-7000-8000-000000000001");

    public static IssuerKey Payer { get; } = KeyOf(1);

    public static IssuerKey Payee { get; } = KeyOf(2);

    public static TradeOffer Offer { get; } = new(
        TradeKind.Payment, "EUR", 1250, new("0198a0b0-0000-7000-8000-00000000000a"), new("0198a0b0-0000-7000-8000-00000000000b"),
        "Bread", Now.AddMinutes(5), TradeHead.Start.Hash);

    public static IssuerKey KeyOf(byte seed) => IssuerKey.OfDidKey(Ed25519Key.FromSeed(Enumerable.Repeat(seed, 32).ToArray()));

    /// <summary>A body of each step.</summary>
    public static TradeBody BodyOf(TradeStep step) => step switch
    {
        TradeStep.Prepare => new PrepareBody(Id, Offer),
        TradeStep.Reject => new TransferBody(Id, TradeCodes.Limit),
        TradeStep.Abort => new TransferBody(Id, TradeCodes.Expired),
        TradeStep.Statement => new StatementBody(new(2026, 11, 22), [new("EUR", -1250, [Id]), new("HOURS", 3, [])]),
        TradeStep.Resolve => new ResolveBody(Id, true),
        TradeStep.Countersign => new CountersignBody(7, TradeHead.Start.Hash, true, [new("EUR", 1250, [])]),
        _ => new TransferBody(Id),
    };

    public static TradeMessage Message(TradeStep step, bool fromPayer = true) => new(
        step, fromPayer ? Payer.Did : Payee.Did, fromPayer ? Payee.Did : Payer.Did,
        TradeHead.Start, TradeHead.Start, Now, BodyOf(step));

    public static JsonObject Sign(JsonObject body, IssuerKey key) => Statement.Sign(body, key.Id, key.Key, Now);
}
