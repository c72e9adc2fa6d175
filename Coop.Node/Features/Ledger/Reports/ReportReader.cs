using Coop.Ledger.Accounts;
using Coop.Ledger.Reports;
using Coop.Ledger.Units;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Ledger.Reports;

/// <summary>Puts balances and accounts together to a report.</summary>
internal static class ReportReader
{
    internal const string SelectAccounts = "SELECT id, code, name, unit, type FROM ledger_accounts";

    private sealed record Named(Guid Id, string? Code, string Name, string Unit, AccountType Type);

    /// <summary>A report of the accounts of some types.</summary>
    /// <param name="connection">A snapshot.</param>
    /// <param name="balances">Account by account.</param>
    /// <param name="isListed">Which types are listed; totals are of all accounts.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<ReportView> ReadAsync(
        NpgsqlConnection connection, IReadOnlyDictionary<AccountId, decimal> balances, Func<AccountType, bool> isListed, CancellationToken ct)
    {
        var accounts = await connection.Command(SelectAccounts).ListAsync(
            r => new Named(r.GetGuid(0), r.NullableText(1), r.GetString(2), r.GetString(3), Enum.Parse<AccountType>(r.GetString(4), ignoreCase: true)), ct);
        var lines = accounts
            .Select(a => (Account: a, Line: new ReportLine(new(a.Id), a.Type, UnitCode.Parse(a.Unit), balances.GetValueOrDefault(new(a.Id)))))
            .Where(l => l.Line.BalanceMinor != 0)
            .ToList();
        var listed = lines.Where(l => isListed(l.Account.Type))
            .OrderBy(l => l.Account.Unit, StringComparer.Ordinal).ThenBy(l => l.Account.Type)
            .ThenBy(l => l.Account.Code, StringComparer.Ordinal).ThenBy(l => l.Account.Name, StringComparer.Ordinal);
        return new ReportView([.. listed.Select(View)], [.. UnitTotal.Of(lines.Select(l => l.Line)).Select(UnitTotalView.Of)]);
    }

    public static Dictionary<AccountId, decimal> ByAccount(IEnumerable<BalanceAt> balances) =>
        balances.ToDictionary(b => b.Account, b => b.BalanceMinor);

    private static ReportLineView View((Named Account, ReportLine Line) l) => new(
        l.Account.Id, l.Account.Code, l.Account.Name, l.Account.Type, l.Account.Unit,
        ReportMoment.Minor(l.Line.BalanceMinor), ReportMoment.Minor(l.Line.NormalMinor));
}
