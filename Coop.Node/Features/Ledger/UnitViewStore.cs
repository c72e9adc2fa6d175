using Coop.Ledger.Units;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Ledger;

/// <summary>The units as members see them, in the order of their codes.</summary>
public static class UnitViewStore
{
    internal const string SelectPage = """
        SELECT code, name, scale, kind FROM ledger_units
        WHERE code > $1
        ORDER BY code LIMIT $2
        """;

    public static Task<List<UnitView>> ListAsync(
        NpgsqlConnection connection, string? afterCode, int limit, CancellationToken ct) =>
        connection
            .Command(SelectPage, afterCode ?? "", (long)limit)
            .ListAsync(
                row => new UnitView(
                    row.GetString(0),
                    row.GetString(1),
                    checked((int)row.GetInt64(2)),
                    Enum.Parse<UnitKind>(row.GetString(3), ignoreCase: true)),
                ct);
}
