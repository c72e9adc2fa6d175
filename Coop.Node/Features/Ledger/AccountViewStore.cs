using Coop.Ledger.Accounts;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Ledger;

/// <summary>Accounts with their owners' names and their balances of now.</summary>
public static class AccountViewStore
{
    internal const string SelectOne = """
        SELECT a.id, a.code, a.name, a.unit, a.type, a.owner_id, owner.name, a.floor_minor,
          b.balance_minor, a.ceiling_minor, a.placeholder, a.closed, p.parent_id, b.pending_debit_minor,
          b.pending_credit_minor
        FROM ledger_accounts a
        JOIN ledger_balances b ON b.account_id = a.id
        LEFT JOIN ledger_account_places p ON p.account_id = a.id
        LEFT JOIN members owner ON owner.id = a.owner_id
        WHERE a.id = $1
        """;

    internal const string SelectPage = """
        SELECT a.id, a.code, a.name, a.unit, a.type, a.owner_id, owner.name, a.floor_minor,
          b.balance_minor, a.ceiling_minor, a.placeholder, a.closed, p.parent_id, b.pending_debit_minor,
          b.pending_credit_minor
        FROM ledger_accounts a
        JOIN ledger_balances b ON b.account_id = a.id
        LEFT JOIN ledger_account_places p ON p.account_id = a.id
        LEFT JOIN members owner ON owner.id = a.owner_id
        WHERE a.id > $1
        ORDER BY a.id LIMIT $2
        """;

    internal const string SelectPageOfOwner = """
        SELECT a.id, a.code, a.name, a.unit, a.type, a.owner_id, owner.name, a.floor_minor,
          b.balance_minor, a.ceiling_minor, a.placeholder, a.closed, p.parent_id, b.pending_debit_minor,
          b.pending_credit_minor
        FROM ledger_accounts a
        JOIN ledger_balances b ON b.account_id = a.id
        LEFT JOIN ledger_account_places p ON p.account_id = a.id
        JOIN members owner ON owner.id = a.owner_id
        WHERE a.owner_id = $1 AND a.id > $2
        ORDER BY a.id LIMIT $3
        """;

    public static Task<AccountView?> FindAsync(
        NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectOne, id).SingleAsync(Read, ct);

    /// <summary>All accounts, in the order of their opening.</summary>
    public static Task<List<AccountView>> ListAsync(
        NpgsqlConnection connection, Guid? after, int limit, CancellationToken ct) =>
        connection.Command(SelectPage, after ?? Guid.Empty, (long)limit).ListAsync(Read, ct);

    /// <summary>A member's accounts, in the order of their opening.</summary>
    public static Task<List<AccountView>> ListOfOwnerAsync(
        NpgsqlConnection connection, Guid owner, Guid? after, int limit, CancellationToken ct) =>
        connection.Command(SelectPageOfOwner, owner, after ?? Guid.Empty, (long)limit).ListAsync(Read, ct);

    private static AccountView Read(NpgsqlDataReader row)
    {
        var type = Enum.Parse<AccountType>(row.GetString(4), ignoreCase: true);
        var balance = row.GetInt64(8);
        return new AccountView(
            row.GetGuid(0),
            row.NullableText(1),
            row.GetString(2),
            row.GetString(3),
            type,
            row.Nullable<Guid>(5) is { } owner ? new MemberView(owner, row.GetString(6)) : null,
            row.Nullable<long>(7),
            balance,
            checked(balance * type.NormalSign()),
            row.Nullable<long>(9),
            checked((balance * type.NormalSign()) - row.GetInt64(type.NormalSign() > 0 ? 14 : 13)),
            row.Nullable<Guid>(12),
            row.GetBoolean(10),
            row.GetBoolean(11));
    }
}
