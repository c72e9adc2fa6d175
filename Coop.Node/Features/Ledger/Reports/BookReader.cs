using System.Runtime.CompilerServices;
using Coop.Ledger.Accounts;
using Coop.Ledger.Exchange;
using Coop.Ledger.Reports;
using Coop.Ledger.Units;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Ledger.Reports;

/// <summary>Reads the books for a file, as of the moment of a snapshot.</summary>
internal static class BookReader
{
    internal const string SelectUnits = "SELECT code, name, scale, kind FROM ledger_units ORDER BY code";

    internal const string SelectAccounts = "SELECT id, code, name, unit, type FROM ledger_accounts ORDER BY id";

    internal const string SelectEntries = """
        SELECT j.id, j.event_id, j.effective_date, j.booked_at, j.memo, p.account_id, p.amount_minor, j.number, j.reference
        FROM ledger_journals j
        JOIN ledger_postings p ON p.journal_id = j.id
        ORDER BY j.id, p.line
        """;

    internal const string SelectEntriesOfUnit = """
        SELECT j.id, j.event_id, j.effective_date, j.booked_at, j.memo, p.account_id, p.amount_minor, j.number, j.reference
        FROM ledger_journals j
        JOIN ledger_postings p ON p.journal_id = j.id
        WHERE p.unit = $1 AND j.effective_date >= $2 AND j.effective_date <= $3
        ORDER BY j.id, p.line
        """;

    internal const string SelectTurnover = """
        SELECT count(DISTINCT j.id), coalesce(sum(CASE WHEN p.amount_minor > 0 THEN p.amount_minor ELSE 0 END), 0)
        FROM ledger_journals j
        JOIN ledger_postings p ON p.journal_id = j.id
        WHERE p.unit = $1 AND j.effective_date >= $2 AND j.effective_date <= $3
        """;

    /// <summary>All books. The entries are read off the connection as they are taken: nothing else may use it until then.</summary>
    public static async Task<BookExtract> AllAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var (units, accounts) = await ChartAsync(connection, ct);
        var balances = (await BalanceStore.NowAsync(connection, ct)).ToDictionary(b => b.Account, b => (long)b.BalanceMinor);
        return new BookExtract(units, accounts, EntriesAsync(connection.Command(SelectEntries), ct), balances);
    }

    /// <summary>One currency over some days, for SAF-T; null where there is no such unit.</summary>
    public static async Task<(BookExtract Books, SaftPeriod Period)?> PeriodAsync(
        NpgsqlConnection connection, UnitCode code, DateOnly first, DateOnly last, CancellationToken ct)
    {
        var (units, accounts) = await ChartAsync(connection, ct);
        if (units.Find(u => u.Code == code) is not { } unit)
        {
            return null;
        }

        var of = accounts.FindAll(a => a.Unit.Code == code);
        var opening = await BalancesAsync(connection, first.AddDays(-1), ct);
        var closing = await BalancesAsync(connection, last, ct);
        var turnover = (await connection.Command(SelectTurnover, code.Value, first, last)
            .ListAsync(r => (Count: r.GetInt64(0), Debits: r.GetDecimal(1)), ct)).Single();
        var entries = EntriesAsync(connection.Command(SelectEntriesOfUnit, code.Value, first, last), ct);
        return (new BookExtract([unit], of, entries, closing),
            new SaftPeriod(unit, first, last, opening, turnover.Count, (Int128)turnover.Debits));
    }

    private static async Task<Dictionary<AccountId, long>> BalancesAsync(NpgsqlConnection connection, DateOnly day, CancellationToken ct) =>
        (await BalanceStore.AsOfAsync(connection, null, day, ct)).ToDictionary(b => b.Account, b => ReportMoment.Minor(b.BalanceMinor));

    private static async Task<(List<Unit> Units, List<BookAccount> Accounts)> ChartAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var units = await connection.Command(SelectUnits).ListAsync(
            r => new Unit(UnitCode.Parse(r.GetString(0)), r.GetString(1), (int)r.GetInt64(2), Enum.Parse<UnitKind>(r.GetString(3), ignoreCase: true)), ct);
        var byCode = units.ToDictionary(u => u.Code.Value, StringComparer.Ordinal);
        var accounts = await connection.Command(SelectAccounts).ListAsync(
            r => new BookAccount(
                new(r.GetGuid(0)), r.NullableText(1), r.GetString(2), byCode[r.GetString(3)], Enum.Parse<AccountType>(r.GetString(4), ignoreCase: true)), ct);
        return (units, accounts);
    }

    private static async IAsyncEnumerable<BookEntry> EntriesAsync(NpgsqlCommand command, [EnumeratorCancellation] CancellationToken ct)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            BookEntry? entry = null;
            var lines = new List<BookLine>();
            while (await reader.ReadAsync(ct))
            {
                var id = reader.GetGuid(0);
                if (entry is not null && entry.Id != id)
                {
                    yield return entry;
                    lines = [];
                }

                lines.Add(new(new(reader.GetGuid(5)), reader.GetInt64(6)));
                entry = entry?.Id == id ? entry : new BookEntry(
                    id, reader.GetGuid(1), reader.GetFieldValue<DateOnly>(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetString(4), lines)
                {
                    Number = reader.Nullable<long>(7),
                    Reference = reader.NullableText(8),
                };
            }

            if (entry is not null)
            {
                yield return entry;
            }
        }
    }
}
