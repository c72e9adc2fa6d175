using Coop.Ledger.Journals;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>POST /api/ledger/periods/close: no journal counts for an earlier day from now on.</summary>
public static class ClosePeriod
{
    // One person closes, and it takes two to open again: so nobody closes what has not come. A day has begun
    // somewhere when it is still tomorrow by UTC.
    private const int MaxDaysAhead = 2;

    /// <param name="OpenFrom">The first day that stays open, from 1900-01-02 to two days after today (UTC).</param>
    public sealed record Request(DateOnly OpenFrom);

    /// <param name="Number">The number that the change has in the books.</param>
    /// <param name="OpenFrom">The first open day.</param>
    /// <param name="EventId">The event <c>books.closed</c> or <c>books.reopened</c>.</param>
    public sealed record Response(long Number, DateOnly OpenFrom, Guid EventId);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/periods/close", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Close the books up to a day");

    private static async Task<Response> HandleAsync(
        Request request, CurrentMember me, TimeProvider time, Transactions transactions, CancellationToken ct)
    {
        var openFrom = LedgerFields.Day(request.OpenFrom, "openFrom");
        if (openFrom > DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(MaxDaysAhead))
        {
            throw Fields.Invalid("openFrom", "lies in the future: days that have not come cannot be closed.");
        }

        return await transactions.WriteAsync(
            async (scope, token) =>
            {
                var last = await FolioStore.LastAsync(scope.Transaction, token);
                return openFrom > last.OpenFrom
                    ? Write(scope, me, last, last.WithChange(openFrom), null)
                    : throw ProblemTypes.PeriodUnchanged.With($"The books are closed before {last.OpenFrom:O} already.");
            },
            ct);
    }

    /// <summary>Writes a change of the first open day at the end of the write.</summary>
    internal static Response Write(WriteScope scope, CurrentMember me, Folio last, Folio change, Guid? reopening)
    {
        var eventId = scope.Append(reopening is { } id
            ? PeriodEvents.Reopened(me.Actor, change, id)
            : PeriodEvents.Closed(me.Actor, change));
        foreach (var command in FolioStore.Save(last, change, scope.Now, new(eventId, new(me.Id), reopening)))
        {
            scope.Defer(command);
        }

        return new Response(change.FirstNumber, change.OpenFrom, eventId);
    }
}
