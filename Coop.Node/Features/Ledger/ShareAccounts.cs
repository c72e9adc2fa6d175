using Coop.Ledger.Accounts;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Ledger;

/// <summary>
/// Accounts that share capital stands on: their limits are its rules, and none of them is ever closed, since nobody
/// could hold shares on it again.
/// </summary>
internal static class ShareAccounts
{
    internal const string SelectIsOne = """
        SELECT EXISTS (SELECT 1 FROM share_holdings WHERE share_account_id = $1 OR capital_account_id = $1)
          OR EXISTS (SELECT 1 FROM share_classes WHERE issued_account_id = $1)
        """;

    public static async Task<bool> ContainAsync(NpgsqlConnection connection, AccountId account, CancellationToken ct) =>
        (await connection.Command(SelectIsOne, account.Value).ListAsync(row => row.GetBoolean(0), ct))[0];
}
