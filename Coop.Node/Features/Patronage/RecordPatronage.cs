using Coop.Ledger;
using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;

namespace Coop.Node.Features.Patronage;

/// <summary>
/// POST /api/patronage/records: keeps what members and others did with the co-op in a period. A record is known
/// by its key: sent again it changes nothing, so that a file may be sent twice.
/// </summary>
public static class RecordPatronage
{
    /// <summary>Their payload fits into one event.</summary>
    public const int MaxRecords = 200;

    /// <param name="Period">The period, 1 to 20 of A-Z, a-z, 0-9 and hyphens, e.g. <c>2026</c>.</param>
    /// <param name="Records">1 to 200, of different keys.</param>
    public sealed record Request(string Period, IReadOnlyList<Record> Records);

    /// <param name="Key">Its name within the period, 1 to 200 visible ASCII characters, e.g. a receipt's number.</param>
    /// <param name="Kind">1 to 40 of A-Z, a-z, 0-9 and hyphens, e.g. <c>purchases</c>.</param>
    /// <param name="Unit">The code of a unit.</param>
    /// <param name="AmountMinor">In minor units, not zero, -(2^53 - 1) to 2^53 - 1; negative takes business back.</param>
    /// <param name="MemberId">Who did it; left out for somebody who is no member.</param>
    public sealed record Record(string Key, string Kind, string Unit, long AmountMinor, Guid? MemberId = null);

    /// <param name="Recorded">How many were added.</param>
    /// <param name="Repeated">How many were there already.</param>
    /// <param name="EventId">The event <c>patronage.recorded</c>; null where nothing was added.</param>
    public sealed record Response(int Recorded, int Repeated, Guid? EventId);

    private const long MaxMinor = (1L << 53) - 1;

    public static void Map(IEndpointRouteBuilder patronage) =>
        patronage.MapPost("/records", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Record business with members and others");

    private static async Task<Response> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var period = PatronageFields.Period(request.Period);
        Fields.Range(request.Records.Count, "records", 1, MaxRecords);
        var records = request.Records.Select(Read).ToList();
        if (records.DistinctBy(r => r.Key).Count() < records.Count)
        {
            throw Fields.Invalid("records", "names a key twice.");
        }

        return await transactions.WriteAsync((scope, token) => WriteAsync(scope, me, period, records, token), ct);
    }

    private static PatronageRecord Read(Record? record)
    {
        var one = record ?? throw Fields.Invalid("records", "holds a null.");
        var amount = Fields.Range(one.AmountMinor, "amountMinor", -MaxMinor, MaxMinor);
        return new(
            PatronageFields.Key(one.Key),
            one.MemberId is { } id ? new MemberId(id) : null,
            PatronageFields.Kind(one.Kind),
            LedgerFields.Unit(one.Unit, "unit").Value,
            amount != 0 ? amount : throw Fields.Invalid("amountMinor", "must not be zero."));
    }

    private static async Task<Response> WriteAsync(
        WriteScope scope, CurrentMember me, string period, List<PatronageRecord> records, CancellationToken ct)
    {
        var kept = await PatronageStore.FindAsync(scope.Transaction, period, records.Select(r => r.Key), ct);
        if (records.FirstOrDefault(r => kept.Exists(k => k.Key == r.Key && k != r)) is { } other)
        {
            throw ProblemTypes.PatronageKeyReused.With($"The record {other.Key} of {period} says something else.");
        }

        var added = records.Except(kept).ToList();
        if (added.Count == 0)
        {
            return new(0, records.Count, null);
        }

        await RequireOpenAsync(scope, period, added, ct);
        var actors = await RequireKnownAsync(scope, added, ct);
        var eventId = scope.Append(PatronageEvents.Recorded(me.Actor, period, added, actors));
        scope.Defer(PatronageStore.Add([.. added.Select(r => (scope.NewId(), r))], period, scope.Now, me.Id, eventId));
        return new(added.Count, records.Count - added.Count, eventId);
    }

    // What a distribution rested on stays as it was.
    private static async Task RequireOpenAsync(
        WriteScope scope, string period, List<PatronageRecord> added, CancellationToken ct)
    {
        var distributed = await SurplusStore.DistributedUnitsAsync(scope.Connection, period, ct);
        if (added.Find(r => distributed.Contains(r.Unit)) is { } late)
        {
            throw ProblemTypes.SurplusDistributed.With($"The surplus of {period} in {late.Unit} is distributed.");
        }
    }

    private static async Task<Dictionary<Guid, string>> RequireKnownAsync(
        WriteScope scope, List<PatronageRecord> added, CancellationToken ct)
    {
        var units = await PatronageStore.UnitsAsync(scope.Transaction, added.Select(r => r.Unit), ct);
        if (added.Find(r => !units.Contains(r.Unit)) is { } foreign)
        {
            throw ProblemTypes.UnknownUnit.With($"There is no unit {foreign.Unit}.");
        }

        var members = added.Where(r => r.Member is not null).Select(r => r.Member!.Value.Value);
        var actors = await PatronageStore.ActorsAsync(scope.Transaction, members, ct);
        return added.Find(r => r.Member is { } m && !actors.ContainsKey(m.Value)) is { } stranger
            ? throw ProblemTypes.UnknownMember.With($"The record {stranger.Key} names somebody who is no member.")
            : actors;
    }
}
