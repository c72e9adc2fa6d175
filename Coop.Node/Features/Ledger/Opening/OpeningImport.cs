using System.Security.Cryptography;
using System.Text;
using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Ledger.Exchange;
using Coop.Ledger.Journals;
using Coop.Ledger.Units;
using Coop.Node.Database;
using Coop.Node.Http;
using Npgsql;

namespace Coop.Node.Features.Ledger.Opening;

/// <summary>Brings the balances of an hledger journal into the books: opens accounts, and posts journals on them, in one write.</summary>
internal static class OpeningImport
{
    internal const string SelectAccounts =
        "SELECT id, code, name, unit, type FROM ledger_accounts WHERE owner_id IS NULL AND NOT placeholder AND NOT closed ORDER BY id";

    internal const string SelectUnits = "SELECT code, name, scale, kind FROM ledger_units ORDER BY code";

    internal const string SelectDone = "SELECT number FROM ledger_journals WHERE reference = $1 LIMIT 1";

    /// <summary>A file that can be brought in.</summary>
    /// <param name="Balances">What it leaves.</param>
    /// <param name="Day">The day that they count for.</param>
    /// <param name="Reference">The reference of the journals, by which the same file is known again.</param>
    public sealed record Source(HledgerBalances Balances, DateOnly Day, string Reference);

    /// <exception cref="RefusalException">The file cannot be read.</exception>
    public static Source Read(string journal, DateOnly? day)
    {
        try
        {
            var balances = HledgerJournal.Read(new StringReader(journal));
            var counts = day ?? balances.LastDate ?? throw new ExchangeException(ExchangeFault.Malformed, 0, "The journal holds no transaction.");
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(journal)));
            return new(balances, LedgerFields.EffectiveDate(counts), $"opening {hash}");
        }
        catch (ExchangeException e)
        {
            throw ProblemTypes.JournalUnreadable.With(e.Message);
        }
    }

    /// <summary>What would be done.</summary>
    public static async Task<OpeningPlan> PlanAsync(NpgsqlConnection connection, Source source, CancellationToken ct)
    {
        if ((await connection.Command(SelectDone, source.Reference).ListAsync(r => r.Nullable<long>(0), ct)).Count > 0)
        {
            throw ProblemTypes.OpeningDone.With("The balances of this file are in the books already.");
        }

        var units = await connection.Command(SelectUnits).ListAsync(
            r => new Unit(UnitCode.Parse(r.GetString(0)), r.GetString(1), (int)r.GetInt64(2), Enum.Parse<UnitKind>(r.GetString(3), ignoreCase: true)), ct);
        var byCode = units.ToDictionary(u => u.Code.Value, StringComparer.Ordinal);
        var accounts = await connection.Command(SelectAccounts).ListAsync(
            r => new BookAccount(new(r.GetGuid(0)), r.NullableText(1), r.GetString(2), byCode[r.GetString(3)], Enum.Parse<AccountType>(r.GetString(4), ignoreCase: true)), ct);
        try
        {
            return OpeningPlan.Of(source.Balances, units, accounts);
        }
        catch (ExchangeException e)
        {
            throw ProblemTypes.JournalUnreadable.With(e.Message);
        }
    }

    /// <summary>Does it.</summary>
    /// <param name="scope">The write.</param>
    /// <param name="actor">Who acts, as the log calls them.</param>
    /// <param name="member">Who acts; null for the node's operator.</param>
    /// <param name="source">The file.</param>
    /// <param name="ct">Ends the attempt.</param>
    public static async Task<(OpeningPlan Plan, IReadOnlyList<Journal> Journals)> ApplyAsync(
        WriteScope scope, string actor, MemberId? member, Source source, CancellationToken ct)
    {
        var plan = await PlanAsync(scope.Connection, source, ct);
        var ids = new List<AccountId>();
        foreach (var account in plan.Accounts)
        {
            ids.Add(account.Existing ?? await OpenAsync(scope, actor, account, ct));
        }

        var journals = new List<Journal>();
        foreach (var postings in plan.Journals)
        {
            var head = new JournalHead(new(scope.NewId()), scope.NextEventId(), "Opening balances", source.Day, scope.Now, member)
            {
                Reference = source.Reference,
            };
            journals.Add(await LedgerPosting.PostAsync(
                scope, actor, head, [.. postings.Select(p => new PostingDraft(ids[p.Account], new Amount(p.AmountMinor)))], Authority.Full, ct));
        }

        return (plan, journals);
    }

    private static async Task<AccountId> OpenAsync(WriteScope scope, string actor, OpeningAccount opening, CancellationToken ct)
    {
        var account = new Account(new(scope.NewId()), null, opening.Name, UnitCode.Parse(opening.Unit), opening.Type, null, null);
        var eventId = scope.Append(LedgerEvents.AccountOpened(actor, account, null, null));
        await AccountStore.OpenAsync(scope.Transaction, account, eventId, ct);
        return account.Id;
    }
}
