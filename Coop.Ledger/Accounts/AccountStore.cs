using Coop.Ledger.Units;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Ledger.Accounts;

/// <summary>Opens, changes and closes accounts; each change has its event.</summary>
public static class AccountStore
{
    private const string Insert = """
        INSERT INTO ledger_accounts
          (id, code, name, unit, type, owner_id, floor_minor, event_id, ceiling_minor, placeholder)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string InsertBalance =
        "INSERT INTO ledger_balances (account_id, balance_minor, posting_count) VALUES ($1, 0, 0)";

    private const string SelectCode = "SELECT 1 FROM ledger_accounts WHERE code = $1";

    /// <summary>Whether an account has this code.</summary>
    public static async Task<bool> IsCodeTakenAsync(
        NpgsqlTransaction transaction, string code, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = new NpgsqlCommand(SelectCode, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = code } },
        };
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    /// <summary>
    /// Opens an account at zero. Its unit and owner exist and its code is free, as the caller saw in
    /// the same transaction; else the database refuses.
    /// </summary>
    public static async Task OpenAsync(
        NpgsqlTransaction transaction, Account account, Guid eventId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(account);
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                InsertCommand(account, eventId),
                new(InsertBalance) { Parameters = { new() { Value = account.Id.Value } } },
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
    }

    private const string UpdateOne = """
        UPDATE ledger_accounts
        SET name = $2, code = $3, floor_minor = $4, ceiling_minor = $5, placeholder = $6, closed = $7
        WHERE id = $1
        """;

    /// <summary>The statement that writes what may change of an account.</summary>
    public static NpgsqlBatchCommand Update(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new(UpdateOne)
        {
            Parameters =
            {
                new() { Value = account.Id.Value },
                new() { Value = account.Name },
                new() { Value = (object?)account.Code ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = (object?)account.FloorMinor ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
                new() { Value = (object?)account.CeilingMinor ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
                new() { Value = account.IsPlaceholder },
                new() { Value = account.IsClosed },
            },
        };
    }

    /// <summary>
    /// Reads id, code, name, unit, type, owner, floor, balance, posting count, ceiling, placeholder, closed,
    /// pending debits and credits, in this order.
    /// </summary>
    internal static AccountState Read(NpgsqlDataReader reader) => new(
        new Account(
            new AccountId(reader.GetGuid(0)),
            reader.IsDBNull(1) ? null : reader.GetString(1),
            reader.GetString(2),
            UnitCode.Parse(reader.GetString(3)),
            EnumText<AccountType>.Parse(reader.GetString(4)),
            reader.IsDBNull(5) ? null : new MemberId(reader.GetGuid(5)),
            reader.IsDBNull(6) ? null : reader.GetInt64(6))
        {
            CeilingMinor = reader.IsDBNull(9) ? null : reader.GetInt64(9),
            IsPlaceholder = reader.GetBoolean(10),
            IsClosed = reader.GetBoolean(11),
        },
        new Amount(reader.GetInt64(7)),
        reader.GetInt64(8))
    {
        PendingDebitMinor = reader.GetInt64(12),
        PendingCreditMinor = reader.GetInt64(13),
    };

    private static NpgsqlBatchCommand InsertCommand(Account account, Guid eventId) => new(Insert)
    {
        Parameters =
        {
            new() { Value = account.Id.Value },
            new() { Value = (object?)account.Code ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = account.Name },
            new() { Value = account.Unit.Value },
            new() { Value = EnumText<AccountType>.Of(account.Type) },
            new() { Value = (object?)account.Owner?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new() { Value = (object?)account.FloorMinor ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
            new() { Value = eventId },
            new() { Value = (object?)account.CeilingMinor ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
            new() { Value = account.IsPlaceholder },
        },
    };
}
