using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Ledger.Banking;
using Coop.Ledger.Journals;
using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;

namespace Coop.Node.Features.Banking;

/// <summary>POST /api/ledger/bank-lines/{id}/book: posts the journal that a line of the bank asks for, and matches it.</summary>
public static class BookLine
{
    /// <param name="CounterAccountId">The other account, in the same unit.</param>
    /// <param name="Memo">0 to 500 characters; left out: the line's own words.</param>
    /// <param name="Remember">3 to 100 characters that lines like this one contain: they go there from now on.</param>
    public sealed record Request(Guid CounterAccountId, string? Memo = null, string? Remember = null);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/bank-lines/{id:guid}/book", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Post a journal for a bank line");

    private static Task<BankLineView> HandleAsync(Guid id, Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var memo = request.Memo is null ? null : Fields.Multiline(request.Memo, "memo", 0, LedgerLimits.MaxMemoLength);
        var remember = request.Remember is null ? null : Fields.Text(request.Remember, "remember", 3, 100);
        return transactions.WriteAsync(
            async (scope, token) =>
            {
                var line = await MatchLine.RequireOpenAsync(scope, id, token);
                var (journal, posting) = await PostAsync(scope, me, line, request.CounterAccountId, memo, token);
                if (remember is not null)
                {
                    await RememberAsync(scope, me.Actor, line.AccountId, new(scope.NewId(), remember, request.CounterAccountId, memo ?? ""), token);
                }

                return MatchLine.Settle(scope, me.Actor, line, journal, posting);
            },
            ct);
    }

    private static async Task<(Guid Journal, long Line)> PostAsync(
        WriteScope scope, CurrentMember me, StoredLine line, Guid counter, string? memo, CancellationToken ct)
    {
        var reference = line.Reference.Length > 0 ? line.Reference : line.BankReference;
        var head = new JournalHead(
            new(scope.NewId()), scope.NextEventId(), memo ?? Cut(line.Memo, LedgerLimits.MaxMemoLength), line.BookedOn, scope.Now, new(me.Id))
        {
            Reference = reference.Length > 0 ? Cut(reference, LedgerLimits.MaxReferenceLength) : null,
        };
        var journal = await LedgerPosting.PostAsync(
            scope, me.Actor, head,
            [new(new AccountId(line.AccountId), new Amount(line.AmountMinor)), new(new AccountId(counter), new Amount(checked(-line.AmountMinor)))],
            Authority.Full, ct);
        return (journal.Head.Id.Value, 1);
    }

    private static async Task RememberAsync(WriteScope scope, string actor, Guid account, BankRule rule, CancellationToken ct)
    {
        var kept = rule with { Id = await BankStore.KeepAsync(scope.Connection, account, rule, ct) };
        scope.Append(BankEvents.RuleKept(actor, account, kept));
    }

    private static string Cut(string text, int max) => text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
}
