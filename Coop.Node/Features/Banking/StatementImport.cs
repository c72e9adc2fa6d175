using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Coop.Ledger.Banking;
using Coop.Ledger.Exchange;
using Coop.Ledger.Units;
using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;

namespace Coop.Node.Features.Banking;

/// <summary>
/// Takes the statements of a file into an account, in one write: all of them or none. A file that comes again
/// changes nothing and is answered as the first time.
/// </summary>
internal static class StatementImport
{
    /// <summary>Of one file.</summary>
    public const int MaxLines = 20_000;

    internal const string SelectByCode = "SELECT id FROM ledger_accounts WHERE code = $1";

    /// <exception cref="RefusalException">There is no such account, or the file is not of it.</exception>
    public static async Task<IReadOnlyList<StatementView>> RunAsync(
        WriteScope scope, string actor, Guid accountId, string fileKey, IReadOnlyList<BankStatement> statements, CancellationToken ct)
    {
        var account = await AccountViewStore.FindAsync(scope.Connection, accountId, ct)
            ?? throw ProblemTypes.NotFound.With("There is no such account.");
        var unit = (await UnitStore.FindAsync(scope.Transaction, UnitCode.Parse(account.Unit), ct))!;
        if (statements.Sum(s => s.Lines.Count) > MaxLines)
        {
            throw Unreadable(null, $"The file has more than {MaxLines} lines; split it.");
        }

        // Lists go by id, and the ids of one write come in no order: sorted, the lines stay in the order of the file.
        var ids = new Queue<Guid>(Enumerable.Range(0, statements.Sum(s => s.Lines.Count)).Select(_ => scope.NewId()).Order());

        // Lines of one file may overlap too: what an earlier statement of it brought is known to the next.
        var (views, brought) = (new List<StatementView>(), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < statements.Count; i++)
        {
            var statement = statements[i] with { Lines = [.. statements[i].Lines.Where(l => l.Amount != 0)] };
            if (statement.Lines.Count > 0)
            {
                await RequireOwnAsync(scope, accountId, unit, statement, ct);
                var key = string.Create(CultureInfo.InvariantCulture, $"{fileKey}-{i}");
                views.Add((await BankStore.KnownAsync(scope.Connection, accountId, key, ct))?.View
                    ?? await StoreAsync(scope, actor, accountId, key, unit.Scale, statement, ids, brought, ct));
            }
        }

        return views;
    }

    /// <summary>The account that somebody names by its code or its id.</summary>
    /// <exception cref="RefusalException">There is none.</exception>
    public static async Task<Guid> AccountAsync(WriteScope scope, string codeOrId, CancellationToken ct)
    {
        var found = await scope.Connection.Command(SelectByCode, codeOrId).ListAsync(r => r.GetGuid(0), ct);
        return found.Count > 0 ? found[0]
            : Guid.TryParseExact(codeOrId, "D", out var id) ? id
            : throw ProblemTypes.NotFound.With($"There is no account {codeOrId}.");
    }

    private static async Task RequireOwnAsync(
        WriteScope scope, Guid accountId, Unit unit, BankStatement statement, CancellationToken ct)
    {
        if (statement.Currency.Length > 0 && statement.Currency != unit.Code.Value)
        {
            throw ProblemTypes.StatementElsewhere.With($"Statement {statement.Id} is in {statement.Currency}; the account is in {unit.Code}.");
        }

        if (statement.Account.Length > 0
            && await BankStore.OtherAccountAsync(scope.Connection, accountId, statement.Account, ct) is { } other)
        {
            throw ProblemTypes.StatementElsewhere.With($"Statement {statement.Id} is of {statement.Account}; those before were of {other}.");
        }

        if (statement.Difference is { } difference && difference != 0)
        {
            throw Unreadable(statement, $"its lines do not lead from its opening to its closing balance: {difference.ToString(CultureInfo.InvariantCulture)} too few.");
        }
    }

    private static async Task<StatementView> StoreAsync(
        WriteScope scope, string actor, Guid accountId, string fileKey, int scale, BankStatement statement, Queue<Guid> ids,
        HashSet<string> brought, CancellationToken ct)
    {
        // Not by the account at the bank, which a CSV file does not name.
        var keys = (statement with { Account = "" }).LineKeys();
        var known = await BankStore.KnownLinesAsync(scope.Connection, accountId, [.. keys], ct);
        var id = scope.NewId();
        var lines = new List<(string Key, StoredLine Line)>();
        for (var i = 0; i < keys.Count; i++)
        {
            if (!known.Contains(keys[i]) && brought.Add(keys[i]))
            {
                var line = statement.Lines[i];
                lines.Add((keys[i], new StoredLine(
                    ids.Dequeue(), accountId, id, Day(statement, line.BookedOn), Day(statement, line.ValueOn), Minor(statement, line.Amount, scale),
                    line.BankReference, line.Reference, line.Counterparty, line.Text, null, null)));
            }
        }

        var stored = new StoredStatement(accountId, statement.Account, fileKey, new StatementView(
            id, statement.Id, statement.Lines.Min(l => l.BookedOn), statement.Lines.Max(l => l.BookedOn),
            Minor(statement, statement.Opening, scale), Minor(statement, statement.Closing, scale), lines.Count, keys.Count - lines.Count));
        var eventId = scope.Append(BankEvents.Imported(actor, stored, Hash(keys)));
        BankStore.Insert(scope, stored, eventId);
        BankStore.Insert(scope, lines);
        return stored.View;
    }

    /// <summary>Commits to what the file's lines say.</summary>
    private static string Hash(IReadOnlyList<string> keys) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', keys))));

    private static DateOnly Day(BankStatement statement, DateOnly day) =>
        day >= Coop.Ledger.LedgerLimits.FirstEffectiveDate && day <= Coop.Ledger.LedgerLimits.LastEffectiveDate
            ? day
            : throw Unreadable(statement, $"{day:yyyy-MM-dd} is no day that the books know.");

    private static long? Minor(BankStatement statement, decimal? amount, int scale) =>
        amount is { } value ? Minor(statement, value, scale) : null;

    private static long Minor(BankStatement statement, decimal amount, int scale) => Decimals.TryToMinor(amount, scale, out var minor)
        ? minor
        : throw Unreadable(statement, $"{amount.ToString(CultureInfo.InvariantCulture)} has more than {scale} decimals, or does not fit.");

    private static RefusalException Unreadable(BankStatement? statement, string detail) =>
        ProblemTypes.BankFileUnreadable.With(statement is null ? detail : $"Statement {statement.Id}: {detail}");
}
