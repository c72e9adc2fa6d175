using Npgsql;
using NpgsqlTypes;

namespace Coop.Ledger.Accounts;

/// <summary>The tree of the chart of accounts.</summary>
public static class AccountPlaceStore
{
    public const string SelectOne = """
        SELECT a.id, a.type, coalesce(p.depth, 0), p.parent_id
        FROM ledger_accounts a
        LEFT JOIN ledger_account_places p ON p.account_id = a.id
        WHERE a.id = $1
        """;

    public const string SelectChildren = """
        SELECT account_id, type, depth, parent_id
        FROM ledger_account_places
        WHERE parent_id = ANY($1)
        """;

    // One statement: every foreign key between a parent and its children holds again when it ends.
    private const string Upsert = """
        INSERT INTO ledger_account_places (account_id, type, depth, parent_id, parent_depth)
        SELECT unnest($1::uuid[]), unnest($2::text[]), unnest($3::bigint[]), unnest($4::uuid[]), unnest($5::bigint[])
        ON CONFLICT (account_id) DO UPDATE
        SET depth = excluded.depth, parent_id = excluded.parent_id, parent_depth = excluded.parent_depth
        """;

    /// <summary>The place of an account, or null where there is no such account.</summary>
    public static async Task<AccountPlace?> FindAsync(NpgsqlTransaction transaction, AccountId id, CancellationToken ct) =>
        (await ReadAsync(transaction, SelectOne, id.Value, ct)).SingleOrDefault();

    /// <summary>What stands below an account, at any distance.</summary>
    public static async Task<IReadOnlyList<AccountPlace>> BelowAsync(
        NpgsqlTransaction transaction, AccountId id, CancellationToken ct)
    {
        var all = new List<AccountPlace>();
        Guid[] level = [id.Value];
        while (level.Length > 0)
        {
            var children = await ReadAsync(transaction, SelectChildren, level, ct);
            all.AddRange(children);
            level = [.. children.Select(c => c.Account.Value)];
        }

        return all;
    }

    /// <summary>The statement that writes places.</summary>
    public static NpgsqlBatchCommand Save(IReadOnlyList<AccountPlace> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        return new(Upsert)
        {
            Parameters =
            {
                new() { Value = places.Select(p => p.Account.Value).ToArray() },
                new() { Value = places.Select(p => EnumText<AccountType>.Of(p.Type)).ToArray() },
                new() { Value = places.Select(p => (long)p.Depth).ToArray() },
                new() { Value = places.Select(p => p.Parent?.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new() { Value = places.Select(p => (long)p.Depth - 1).ToArray() },
            },
        };
    }

    private static async Task<List<AccountPlace>> ReadAsync(
        NpgsqlTransaction transaction, string sql, object ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = ids } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var places = new List<AccountPlace>();
        while (await reader.ReadAsync(ct))
        {
            places.Add(new(
                new AccountId(reader.GetGuid(0)),
                EnumText<AccountType>.Parse(reader.GetString(1)),
                checked((int)reader.GetInt64(2)),
                reader.IsDBNull(3) ? null : new AccountId(reader.GetGuid(3))));
        }

        return places;
    }
}
