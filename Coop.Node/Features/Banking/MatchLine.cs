using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Banking;

/// <summary>POST /api/ledger/bank-lines/{id}/match and …/unmatch: says which posting a line of the bank is.</summary>
public static class MatchLine
{
    /// <param name="JournalId">The journal.</param>
    /// <param name="Line">The posting's line in it, from 1; it is on the line's account, of the same amount.</param>
    public sealed record Request(Guid JournalId, long Line);

    /// <summary>An empty object.</summary>
    public sealed record UnmatchRequest;

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.MapPost("/bank-lines/{id:guid}/match", MatchAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Match a bank line with a posting");
        ledger.MapPost("/bank-lines/{id:guid}/unmatch", UnmatchAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Take back what a bank line was matched with");
    }

    /// <summary>A line that is not in the books yet.</summary>
    internal static async Task<StoredLine> RequireOpenAsync(WriteScope scope, Guid id, CancellationToken ct)
    {
        var line = await RequireAsync(scope, id, ct);
        return line.JournalId is null ? line : throw ProblemTypes.BankLineSettled.With($"The line was matched with journal {line.JournalId}.");
    }

    private static async Task<StoredLine> RequireAsync(WriteScope scope, Guid id, CancellationToken ct) =>
        await BankStore.FindLineAsync(scope.Connection, id, ct) ?? throw ProblemTypes.NotFound.With("There is no such line.");

    private static Task<BankLineView> MatchAsync(Guid id, Request request, CurrentMember me, Transactions transactions, CancellationToken ct) =>
        transactions.WriteAsync(
            async (scope, token) =>
            {
                var line = await RequireOpenAsync(scope, id, token);
                var posting = await BankStore.PostingAsync(scope.Connection, request.JournalId, request.Line, token);
                if (posting != (line.AccountId, line.AmountMinor))
                {
                    throw ProblemTypes.BankLineMismatch.With("There is no such posting on the line's account with the line's amount.");
                }

                if (await BankStore.IsMatchedAsync(scope.Connection, request.JournalId, request.Line, token))
                {
                    throw ProblemTypes.BankLineSettled.With("Another line was matched with this posting.");
                }

                return Settle(scope, me.Actor, line, request.JournalId, request.Line);
            },
            ct);

    /// <summary>Writes a match with its event.</summary>
    internal static BankLineView Settle(WriteScope scope, string actor, StoredLine line, Guid journal, long journalLine)
    {
        scope.Append(BankEvents.Matched(actor, line.Id, line.AccountId, journal, journalLine));
        BankStore.Match(scope, line.Id, journal, journalLine);
        return (line with { JournalId = journal, JournalLine = journalLine }).ToView([], null);
    }

    private static Task<BankLineView> UnmatchAsync(Guid id, UnmatchRequest request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        _ = request;
        return transactions.WriteAsync(
            async (scope, token) =>
            {
                var line = await RequireAsync(scope, id, token);
                if (line.JournalId is not { } journal)
                {
                    throw ProblemTypes.BankLineSettled.With("The line is not matched.");
                }

                scope.Append(BankEvents.Unmatched(me.Actor, id, line.AccountId, journal));
                BankStore.Match(scope, id, null, null);
                return (line with { JournalId = null, JournalLine = null }).ToView([], null);
            },
            ct);
    }
}
