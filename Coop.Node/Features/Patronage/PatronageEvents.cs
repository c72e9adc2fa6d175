using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Ledger.Journals;
using Coop.Ledger.Patronage;
using Coop.Node.Log;

namespace Coop.Node.Features.Patronage;

/// <summary>The events of patronage; specs/patronage.md lists their payloads.</summary>
internal static class PatronageEvents
{
    /// <summary>Private: what somebody buys is between them and the co-op.</summary>
    public static EventDraft Recorded(
        string actor, string period, IReadOnlyList<PatronageRecord> records, IReadOnlyDictionary<Guid, string> actors) => new(
        EventTypes.PatronageRecorded, actor, $"patronage:{period}", Visibility.Private,
        new JsonObject
        {
            ["period"] = period,
            ["records"] = new JsonArray([.. records.Select(r => (JsonNode)new JsonObject
            {
                ["key"] = r.Key,
                ["member"] = r.Member is { } member ? actors[member.Value] : null,
                ["kind"] = r.Kind,
                ["unit"] = r.Unit,
                ["amountMinor"] = Number(r.AmountMinor),
            })]),
        });

    public static EventDraft Distributed(
        string actor, Guid id, SurplusRequest request, SurplusPlan plan, string planHash, IEnumerable<JournalId> journals) => new(
        EventTypes.SurplusDistributed, actor, $"surplus:{id}", Visibility.Members,
        new JsonObject
        {
            ["distributionId"] = id.ToString(),
            ["period"] = request.Period,
            ["unit"] = request.Unit,
            ["from"] = request.From.ToString("O", CultureInfo.InvariantCulture),
            ["to"] = request.To.ToString("O", CultureInfo.InvariantCulture),
            ["reserveBasisPoints"] = request.Terms.ReserveBasisPoints,
            ["interestBasisPoints"] = request.Terms.InterestBasisPoints,
            ["surplusMinor"] = Number(request.Terms.SurplusMinor),
            ["nonMemberMinor"] = Number(plan.NonMemberMinor),
            ["reserveMinor"] = Number(plan.ReserveMinor),
            ["interestMinor"] = Number(plan.Lines.Sum(l => l.InterestMinor)),
            ["refundMinor"] = Number(plan.Lines.Sum(l => l.RefundMinor)),
            ["planHash"] = planHash,
            ["journals"] = new JsonArray([.. journals.Select(j => (JsonNode)j.ToString())]),
        });

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
