using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Federation.Claims;

namespace Coop.Federation.Trade;

/// <summary>Reads messages strictly: exactly the members of their type, each of its kind and within its bounds.</summary>
public static class TradeReader
{
    private const int MaxNumberLength = 20;
    private const int MaxReasonLength = 16;
    private const long MaxSeq = 1L << 52;

    private static readonly string[] Envelope = ["v", "type", "from", "to", "seq", "prev", "seen", "seenHash", "at", "proof"];

    /// <summary>Reads a signed message; its proof is not verified yet.</summary>
    /// <exception cref="TradeException">It is malformed.</exception>
    public static TradeMessage Read(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var step = StepOf(json);
            var reader = new StatementReader(json, [.. Envelope, .. MembersOf(step), .. Extras(step, json)]);
            reader.IsVersion("v");
            var message = new TradeMessage(
                step,
                reader.Text("from", ClaimEnvelope.MaxDidLength),
                reader.Text("to", ClaimEnvelope.MaxDidLength),
                new(Count(json, "seq", 1) - 1, HashText(reader, "prev")),
                new(Count(json, "seen", 0), HashText(reader, "seenHash")),
                reader.Time("at"),
                BodyOf(step, json, reader));
            return message.From == message.To ? throw Statement.Malformed("It is from and to the same node.") : message;
        }
        catch (StatementException e)
        {
            throw new TradeException(e.Code, e.Message, e);
        }
    }

    private static TradeStep StepOf(JsonObject json) =>
        json["type"] is JsonValue v && v.TryGetValue(out string? type)
        && type.StartsWith(TradeMessage.TypePrefix, StringComparison.Ordinal)
        && TradeSteps.Find(type[TradeMessage.TypePrefix.Length..]) is { } step
            ? step
            : throw Statement.Malformed("\"type\" is no step of a trade.");

    // Legs of nettings carry what their proposer signed.
    private static IEnumerable<string> Extras(TradeStep step, JsonObject json)
    {
        if (step == TradeStep.Prepare && (json["kind"] as JsonValue)?.TryGetValue(out string? kind) == true
            && kind == TradeKinds.NameOf(TradeKind.Netting))
        {
            yield return "netting";
        }

        if (step is TradeStep.Prepare or TradeStep.Commit or TradeStep.Abort && json.ContainsKey("decision"))
        {
            yield return "decision";
        }
    }

    private static string[] MembersOf(TradeStep step) => step switch
    {
        TradeStep.Prepare =>
            ["transfer", "kind", "unit", "amountMinor", "payer", "payee", "memo", "validUntil", "request"],
        TradeStep.Reject or TradeStep.Abort => ["transfer", "reason"],
        TradeStep.Statement => ["day", "balances"],
        TradeStep.Resolve => ["transfer", "outcome"],
        TradeStep.Countersign => ["statement", "statementHash", "agrees", "balances"],
        _ => ["transfer"],
    };

    private static TradeBody BodyOf(TradeStep step, JsonObject json, StatementReader reader) => step switch
    {
        TradeStep.Prepare => PrepareOf(json, reader),
        TradeStep.Reject => new TransferBody(reader.Id("transfer"), Reason(reader, TradeCodes.Rejections)),
        TradeStep.Abort => new TransferBody(reader.Id("transfer"), Reason(reader, TradeCodes.Abortions)) { Decision = DecisionOf(json) },
        TradeStep.Resolve => new ResolveBody(reader.Id("transfer"), IsPaid(reader)),
        TradeStep.Statement => new StatementBody(Day(reader), BalancesOf(json)),
        TradeStep.Countersign => new CountersignBody(
            Count(json, "statement", 1), HashText(reader, "statementHash"), reader.Bool("agrees"), BalancesOf(json)),
        _ => new TransferBody(reader.Id("transfer")) { Decision = DecisionOf(json) },
    };

    private static bool IsPaid(StatementReader reader) => reader.Text("outcome", MaxReasonLength) switch
    {
        ResolveBody.Paid => true,
        ResolveBody.Unpaid => false,
        _ => throw Statement.Malformed("\"outcome\" is neither paid nor unpaid."),
    };

    private static NettingDecision? DecisionOf(JsonObject json) => !json.ContainsKey("decision") ? null
        : json["decision"] is JsonObject decision ? NettingReader.ReadDecision(decision)
        : throw Statement.Malformed("\"decision\" is no object.");

    // A leg is no other than the one that its plan has between these two.
    private static PrepareBody PrepareOf(JsonObject json, StatementReader reader)
    {
        var offer = OfferOf(json, reader);
        if (offer.Kind != TradeKind.Netting)
        {
            return DecisionOf(json) is null
                ? new(reader.Id("transfer"), offer)
                : throw Statement.Malformed("Only legs of nettings carry a decision.");
        }

        const int maxDidLength = ClaimEnvelope.MaxDidLength;
        var plan = NettingReader.ReadPlan(reader.Object("netting"));
        var (from, to, decision) = (reader.Text("from", maxDidLength), reader.Text("to", maxDidLength), DecisionOf(json));
        return plan.Has(from) && plan.DebtorOf(from) == to && plan.LegOf(from) == reader.Id("transfer")
            && (plan.Unit, plan.AmountMinor, plan.ValidUntil) == (offer.Unit, offer.AmountMinor, offer.ValidUntil)
            && (decision is null || (decision.Netting == plan.Id && decision.From == plan.Proposer))
                ? new(plan.LegOf(from), offer with { NettingId = plan.Id }) { Netting = plan, Decision = decision }
                : throw Statement.Malformed("The offer is not the leg that the plan has here.");
    }

    private static TradeOffer OfferOf(JsonObject json, StatementReader reader)
    {
        const int maxKindLength = 10;
        var kind = TradeKinds.Find(reader.Text("kind", maxKindLength)) ?? throw Statement.Malformed("\"kind\" is none.");
        var payee = reader.OptionalId("payee");
        if ((payee is null) != (kind != TradeKind.Payment))
        {
            throw Statement.Malformed("A payment names an account to pay to, and others do not.");
        }

        return new(
            kind,
            UnitOf(reader),
            Amount(reader),
            reader.Id("payer"),
            payee,
            Memo(json),
            reader.Time("validUntil"),
            HashText(reader, "request"));
    }

    private static List<TradeBalance> BalancesOf(JsonObject json)
    {
        const int maxUnits = 32;
        if (json["balances"] is not JsonArray { Count: <= maxUnits } all)
        {
            throw Statement.Malformed($"\"balances\" is no list of at most {maxUnits}.");
        }

        var balances = all.Select(b => BalanceOf(b as JsonObject ?? throw Statement.Malformed("A balance is no object."))).ToList();
        return IsRising(balances.Select(b => b.Unit)) && balances.Sum(b => b.InFlight.Count) <= TradeBody.MaxInFlight
            ? balances
            : throw Statement.Malformed("The balances are not in the order of their units, or list too much.");
    }

    private static TradeBalance BalanceOf(JsonObject json)
    {
        var reader = new StatementReader(json, "unit", "balanceMinor", "inFlight");
        var inFlight = json["inFlight"] is JsonArray { Count: <= TradeBody.MaxInFlight } ids
            ? ids.Select(Id).ToList()
            : throw Statement.Malformed("\"inFlight\" is no list that is short enough.");
        return IsRising(inFlight.Select(id => id.ToString("D")))
            ? new(UnitOf(reader), Whole(reader, "balanceMinor"), inFlight)
            : throw Statement.Malformed("\"inFlight\" is not in the order of the ids.");
    }

    private static bool IsRising(IEnumerable<string> texts)
    {
        var list = texts.ToList();
        return list.Zip(list.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);
    }

    private static Guid Id(JsonNode? node) =>
        node is JsonValue v && v.TryGetValue(out string? text) && Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text
            ? id
            : throw Statement.Malformed("\"inFlight\" holds what is no UUID.");

    private static string Reason(StatementReader reader, IReadOnlyList<string> known) =>
        reader.Text("reason", MaxReasonLength) is var reason && known.Contains(reason)
            ? reason
            : throw Statement.Malformed("\"reason\" is none for this step.");

    internal static long Amount(StatementReader reader) =>
        Whole(reader, "amountMinor") is > 0 and var amount ? amount : throw Statement.Malformed("\"amountMinor\" is not positive.");

    internal static string UnitOf(StatementReader reader) =>
        reader.Text("unit", TradeOffer.MaxUnitLength) is { Length: >= 2 } unit
        && unit.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c))
            ? unit
            : throw Statement.Malformed("\"unit\" is no code of a unit.");

    // May be empty and have line breaks, unlike the other texts of statements.
    private static string Memo(JsonObject json) =>
        json["memo"] is JsonValue v && v.TryGetValue(out string? memo) && memo.Length <= TradeOffer.MaxMemoLength
        && !memo.Any(c => char.IsControl(c) && c != '\n')
            ? memo
            : throw Statement.Malformed($"\"memo\" is no text of at most {TradeOffer.MaxMemoLength} characters.");

    private static DateOnly Day(StatementReader reader)
    {
        const int dayLength = 10;
        return DateOnly.TryParseExact(reader.Text("day", dayLength), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Statement.Malformed("\"day\" is no date.");
    }

    private static long Whole(StatementReader reader, string name)
    {
        var text = reader.Text(name, MaxNumberLength);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value > long.MinValue && TradeMessage.Number(value) == text
                ? value
                : throw Statement.Malformed($"\"{name}\" is no whole number of 64 bits as text.");
    }

    private static long Count(JsonObject json, string name, long least) =>
        json[name] is JsonValue v && v.TryGetValue(out long count) && count >= least && count <= MaxSeq
            ? count
            : throw Statement.Malformed($"\"{name}\" is no number from {least}.");

    private static string HashText(StatementReader reader, string name) => Convert.ToBase64String(reader.Hash(name));
}
