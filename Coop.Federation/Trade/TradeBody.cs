using System.Text.Json.Nodes;
using Coop.Federation.Claims;

namespace Coop.Federation.Trade;

/// <summary>What belongs to one step.</summary>
public abstract record TradeBody
{
    /// <summary>How many transfers of one peer may be under way, so that a statement can list them.</summary>
    public const int MaxInFlight = 500;

    /// <summary>Which transfer it is about; null for statements.</summary>
    public virtual Guid? Transfer => null;

    internal abstract void WriteTo(JsonObject json);

    private protected static void Write(JsonObject json, string name, JsonObject? signed)
    {
        if (signed is not null)
        {
            json[name] = signed.DeepClone();
        }
    }
}

/// <summary>An offer: <see cref="TradeStep.Prepare"/>.</summary>
/// <param name="Id">The transfer, named by the payer's node.</param>
/// <param name="Offer">What is offered.</param>
public sealed record PrepareBody(Guid Id, TradeOffer Offer) : TradeBody
{
    /// <summary>The plan of which it is a leg, as its proposer signed it; null for others.</summary>
    public NettingPlan? Netting { get; init; }

    /// <summary>The proposer's word, where it has decided already; null before, and for others.</summary>
    public NettingDecision? Decision { get; init; }

    public override Guid? Transfer => Id;

    internal override void WriteTo(JsonObject json)
    {
        json["transfer"] = Id.ToString("D");
        json["kind"] = TradeKinds.NameOf(Offer.Kind);
        json["unit"] = Offer.Unit;
        json["amountMinor"] = TradeMessage.Number(Offer.AmountMinor);
        json["payer"] = Offer.Payer.ToString("D");
        json["payee"] = Offer.Payee?.ToString("D");
        json["memo"] = Offer.Memo;
        json["validUntil"] = Statement.ToText(Offer.ValidUntil);
        json["request"] = Offer.Request;
        Write(json, "netting", Netting?.Json);
        Write(json, "decision", Decision?.Json);
    }
}

/// <summary>A step on a transfer that both know: accept, commit, receipt; with a reason: reject, abort.</summary>
/// <param name="Id">The transfer.</param>
/// <param name="Reason">One of <see cref="TradeCodes"/> for reject and abort; null for the others.</param>
public sealed record TransferBody(Guid Id, string? Reason = null) : TradeBody
{
    /// <summary>What the proposer of a netting decided, on commit and abort of its legs; null for others.</summary>
    public NettingDecision? Decision { get; init; }

    public override Guid? Transfer => Id;

    internal override void WriteTo(JsonObject json)
    {
        json["transfer"] = Id.ToString("D");
        if (Reason is not null)
        {
            json["reason"] = Reason;
        }

        Write(json, "decision", Decision?.Json);
    }
}

/// <summary>One side's half of a record that decides a transfer: <see cref="TradeStep.Resolve"/>.</summary>
/// <param name="Id">The transfer.</param>
/// <param name="IsPaid">Whether it is to count as paid.</param>
public sealed record ResolveBody(Guid Id, bool IsPaid) : TradeBody
{
    internal const string Paid = "paid";
    internal const string Unpaid = "unpaid";

    public override Guid? Transfer => Id;

    internal override void WriteTo(JsonObject json)
    {
        json["transfer"] = Id.ToString("D");
        json["outcome"] = IsPaid ? Paid : Unpaid;
    }
}

/// <summary>What the two owe each other: <see cref="TradeStep.Statement"/>.</summary>
/// <param name="Day">The day that it closes.</param>
/// <param name="Balances">In the order of the units.</param>
public sealed record StatementBody(DateOnly Day, IReadOnlyList<TradeBalance> Balances) : TradeBody
{
    internal override void WriteTo(JsonObject json)
    {
        json["day"] = Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        json["balances"] = TradeBalance.ToJson(Balances);
    }
}

/// <summary>The answer to a statement: <see cref="TradeStep.Countersign"/>.</summary>
/// <param name="Statement">The statement's number in its sender's chain.</param>
/// <param name="StatementHash">Its hash, base64 of 32 bytes.</param>
/// <param name="Agrees">Whether the books of who answers say the same, but for what is in flight.</param>
/// <param name="Balances">What they say.</param>
public sealed record CountersignBody(
    long Statement, string StatementHash, bool Agrees, IReadOnlyList<TradeBalance> Balances) : TradeBody
{
    internal override void WriteTo(JsonObject json)
    {
        json["statement"] = Statement;
        json["statementHash"] = StatementHash;
        json["agrees"] = Agrees;
        json["balances"] = TradeBalance.ToJson(Balances);
    }
}
