using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Patronage;

/// <summary>
/// POST /api/surplus/distributions: posts a plan as it was shown. It is reckoned again in the same transaction; where
/// anything has changed since, nothing is posted.
/// </summary>
public static class DistributeSurplus
{
    /// <summary>More than that would not fit into one transaction comfortably.</summary>
    public const int MaxMembers = 10_000;

    private const int MembersOfAJournal = LedgerLimits.MaxPostings - 2;

    /// <param name="Plan">What was previewed.</param>
    /// <param name="PlanHash">As the preview showed it.</param>
    /// <param name="FromAccountId">Where the surplus stands, e.g. the result of past years; it is debited.</param>
    /// <param name="ReservesAccountId">Where the reserves stand; needed where the plan has some.</param>
    /// <param name="EffectiveDate">The day that it counts for.</param>
    /// <param name="Memo">0 to 500 characters.</param>
    public sealed record Request(
        PreviewSurplus.Request Plan, string PlanHash, Guid FromAccountId, Guid? ReservesAccountId, DateOnly EffectiveDate,
        string Memo = "");

    /// <param name="Id">The distribution's id.</param>
    /// <param name="Journals">What was posted: one, or several where there are many members.</param>
    /// <param name="EventId">The event <c>surplus.distributed</c>.</param>
    public sealed record Response(Guid Id, IReadOnlyList<Guid> Journals, Guid EventId);

    public static void Map(IEndpointRouteBuilder surplus) =>
        surplus.MapPost("/distributions", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Distribute a surplus as it was previewed")
            .RequireIdempotencyKey()
            .Produces<Response>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        Request request,
        HttpContext http,
        CurrentMember me,
        Transactions transactions,
        CancellationToken ct)
    {
        var once = IdempotentRequest.From(http, me, idempotencyKey, request);
        var plan = SurplusRequest.Parse(request.Plan ?? throw Fields.Invalid("plan", "is missing."));
        var memo = Fields.Multiline(request.Memo, "memo", 0, LedgerLimits.MaxMemoLength);
        var day = LedgerFields.EffectiveDate(request.EffectiveDate);
        return await transactions.WriteOnceAsync(
            once,
            async (scope, token) =>
            {
                var shares = await RequireAsSeenAsync(scope, plan, request, token);
                var paid = await PostAsync(scope, me, shares, request, memo, day, token);
                return Keep(scope, me, plan, shares, paid);
            },
            ct);
    }

    private static async Task<SurplusShares> RequireAsSeenAsync(
        WriteScope scope, SurplusRequest plan, Request request, CancellationToken ct)
    {
        var done = await SurplusStore.DistributedUnitsAsync(scope.Connection, plan.Period, ct);
        if (done.Contains(plan.Unit))
        {
            throw ProblemTypes.SurplusDistributed.With($"The surplus of {plan.Period} in {plan.Unit} is distributed.");
        }

        var shares = await SurplusShares.ReckonAsync(scope.Connection, plan, ct);
        if (Convert.ToHexStringLower(shares.Hash) != request.PlanHash)
        {
            throw ProblemTypes.SurplusChanged.With("Records, capital or accounts have changed since; look at the preview again.");
        }

        if (shares.Plan.Lines.FirstOrDefault(l => !shares.Accounts.ContainsKey(l.Member.Value)) is { } poor)
        {
            throw ProblemTypes.SurplusAccountMissing.With($"The member {poor.Member.Value} has no account in {plan.Unit}.");
        }

        Fields.Range(shares.Plan.Lines.Count, "plan", 0, MaxMembers);
        return shares.Plan.ReservesMinor == 0 || request.ReservesAccountId is not null
            ? shares
            : throw Fields.Invalid("reservesAccountId", "is missing.");
    }

    private static async Task<List<(Journal Journal, List<PaidLine> Lines)>> PostAsync(
        WriteScope scope, CurrentMember me, SurplusShares shares, Request request, string memo, DateOnly day, CancellationToken ct)
    {
        var posted = new List<(Journal, List<PaidLine>)>();
        var chunks = shares.Plan.Lines.Chunk(MembersOfAJournal).DefaultIfEmpty([]);
        foreach (var (index, lines) in chunks.Index())
        {
            var credits = lines.Select(l => new PostingDraft(new(shares.Accounts[l.Member.Value]), new(-l.TotalMinor))).ToList();
            if (index == 0 && shares.Plan.ReservesMinor > 0)
            {
                credits.Add(new(new AccountId(request.ReservesAccountId!.Value), new(-shares.Plan.ReservesMinor)));
            }

            var debit = new PostingDraft(new(request.FromAccountId), new(checked(-credits.Sum(c => c.Amount.Minor))));
            var head = new JournalDraft(memo, day, []).Head(new(scope.NewId()), scope.NextEventId(), scope.Now, new(me.Id));
            var journal = await LedgerPosting.PostAsync(scope, me.Actor, head, [debit, .. credits], PostJournal.AuthorityOf(me), ct);
            posted.Add((journal, [.. lines.Select(l => new PaidLine(l, new(shares.Accounts[l.Member.Value]), journal.Head.Id))]));
        }

        return posted;
    }

    private static IdempotentAnswer Keep(
        WriteScope scope, CurrentMember me, SurplusRequest plan, SurplusShares shares,
        List<(Journal Journal, List<PaidLine> Lines)> paid)
    {
        var id = scope.NewId();
        var journals = paid.ConvertAll(p => p.Journal.Head.Id);
        var eventId = scope.Append(PatronageEvents.Distributed(
            me.Actor, id, plan, shares.Plan, Convert.ToHexStringLower(shares.Hash), journals));
        scope.Defer(SurplusStore.Add(id, plan, shares, scope.Now, me.Id, eventId));
        scope.Defer(SurplusStore.AddLines(id, [.. paid.SelectMany(p => p.Lines)]));
        return IdempotentAnswer.Created(
            $"/api/surplus/distributions/{id}", new Response(id, journals.ConvertAll(j => j.Value), eventId));
    }
}
