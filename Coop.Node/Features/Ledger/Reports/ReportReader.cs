using Coop.Ledger.Accounts;
using Coop.Ledger.Reports;
using Coop.Ledger.Units;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Ledger.Reports;

/// <summary>Puts balances and accounts together to a report.</summary>
internal static class ReportReader
{
    internal const string SelectAccounts = """
        SELECT a.id, a.code, a.name, a.unit, a.type, p.parent_id
        FROM ledger_accounts a
        LEFT JOIN ledger_account_places p ON p.account_id = a.id
        """;

    /// <summary>A report of the accounts of some types.</summary>
    /// <param name="connection">A snapshot.</param>
    /// <param name="balances">Account by account.</param>
    /// <param name="isListed">Which types are listed; totals are of all accounts.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<ReportView> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyDictionary<AccountId, decimal> balances,
        Func<AccountType, bool> isListed,
        CancellationToken ct)
    {
        var accounts = await connection.Command(SelectAccounts).ListAsync(Read, ct);
        var lines = accounts
            .Select(a => new ReportLine(a.Account.Id, a.Account.Type, a.Unit, balances.GetValueOrDefault(a.Account.Id)))
            .Where(l => l.BalanceMinor != 0)
            .ToList();
        var rows = ReportTree.Of([.. accounts.Select(a => a.Account)], lines.Where(l => isListed(l.Type)));
        return new ReportView([.. rows.Select(ReportLineView.Of)], [.. UnitTotal.Of(lines).Select(UnitTotalView.Of)]);
    }

    public static Dictionary<AccountId, decimal> ByAccount(IEnumerable<BalanceAt> balances) =>
        balances.ToDictionary(b => b.Account, b => b.BalanceMinor);

    private static (ChartAccount Account, UnitCode Unit) Read(NpgsqlDataReader row) => (
        new(
            new(row.GetGuid(0)),
            row.IsDBNull(5) ? null : new AccountId(row.GetGuid(5)),
            row.NullableText(1),
            row.GetString(2),
            Enum.Parse<AccountType>(row.GetString(4), ignoreCase: true)),
        UnitCode.Parse(row.GetString(3)));
}
