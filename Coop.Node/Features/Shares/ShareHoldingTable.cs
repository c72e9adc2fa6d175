using Coop.Ledger.Accounts;
using Coop.Ledger.Units;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Shares;

/// <summary>Who has a place in which class. A holding is opened once; how much it holds, the books say.</summary>
internal static class ShareHoldingTable
{
    private const string Insert = """
        INSERT INTO share_holdings (member_id, unit, share_account_id, capital_account_id)
        VALUES ($1, $2, $3, $4)
        """;

    private const string SelectAccounts = """
        SELECT share_account_id, capital_account_id FROM share_holdings WHERE member_id = $1 AND unit = $2
        """;

    private const string SelectOfMember = """
        SELECT h.member_id, m.name, h.unit, u.name, c.money_unit, c.par_minor, c.votes, h.share_account_id,
          h.capital_account_id, s.balance_minor, p.balance_minor
        FROM share_holdings h
        JOIN members m ON m.id = h.member_id
        JOIN share_classes c ON c.unit = h.unit
        JOIN ledger_units u ON u.code = h.unit
        JOIN ledger_balances s ON s.account_id = h.share_account_id
        JOIN ledger_balances p ON p.account_id = h.capital_account_id
        WHERE h.member_id = $1
        ORDER BY h.unit
        """;

    private const string SelectOfClass = """
        SELECT h.member_id, m.name, h.unit, u.name, c.money_unit, c.par_minor, c.votes, h.share_account_id,
          h.capital_account_id, s.balance_minor, p.balance_minor
        FROM share_holdings h
        JOIN members m ON m.id = h.member_id
        JOIN share_classes c ON c.unit = h.unit
        JOIN ledger_units u ON u.code = h.unit
        JOIN ledger_balances s ON s.account_id = h.share_account_id
        JOIN ledger_balances p ON p.account_id = h.capital_account_id
        WHERE h.unit = $1 AND h.member_id > $2
        ORDER BY h.member_id LIMIT $3
        """;

    public static Task AddAsync(NpgsqlConnection connection, ShareHolding holding, UnitCode unit, CancellationToken ct) =>
        connection.Command(Insert, holding.MemberId, unit.Value, holding.Shares.Value, holding.Capital.Value).RunAsync(ct);

    public static async Task<(AccountId Shares, AccountId Capital)?> FindAsync(
        NpgsqlConnection connection, Guid member, UnitCode unit, CancellationToken ct)
    {
        var found = await connection.Command(SelectAccounts, member, unit.Value).ListAsync(
            row => (new AccountId(row.GetGuid(0)), new AccountId(row.GetGuid(1))), ct);
        return found is [var one] ? one : null;
    }

    /// <summary>What a member holds, in the order of the classes' codes.</summary>
    public static Task<List<ShareHoldingView>> ListOfMemberAsync(
        NpgsqlConnection connection, Guid member, CancellationToken ct) =>
        connection.Command(SelectOfMember, member).ListAsync(Read, ct);

    /// <summary>Who holds shares of a class, in the order of the members' ids.</summary>
    public static Task<List<ShareHoldingView>> ListOfClassAsync(
        NpgsqlConnection connection, UnitCode unit, Guid? after, int limit, CancellationToken ct) =>
        connection.Command(SelectOfClass, unit.Value, after ?? Guid.Empty, (long)limit).ListAsync(Read, ct);

    private static ShareHoldingView Read(NpgsqlDataReader row) => ShareHoldingView.Of(
        new(row.GetGuid(0), row.GetString(1)),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.GetInt64(5),
        row.GetBoolean(6),
        (row.GetGuid(7), row.GetGuid(8)),
        new(checked(-row.GetInt64(9)), checked(-row.GetInt64(10)), 0));
}
