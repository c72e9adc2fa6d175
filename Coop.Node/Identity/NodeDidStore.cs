using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Identity;

/// <summary>The history of the node's DID: one row for each line of its <c>did.jsonl</c>, never changed.</summary>
internal static class NodeDidStore
{
    private const string SelectAll = "SELECT version, entry FROM node_did_versions ORDER BY version";

    private const string SelectLast = "SELECT max(version) FROM node_did_versions";

    private const string InsertVersion = """
        INSERT INTO node_did_versions (version, entry, created_at) VALUES ($1, $2, $3)
        """;

    /// <summary>All lines, oldest first.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var rows = await connection.Command(SelectAll).ListAsync(r => (r.GetInt64(0), r.GetString(1)), ct);
        return [.. rows.Select((row, index) => row.Item1 == index + 1
            ? row.Item2
            : throw new InvalidOperationException("The history of the node's DID has a gap."))];
    }

    /// <summary>How many versions there are.</summary>
    public static async Task<long> CountAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var rows = await connection.Command(SelectLast).ListAsync(r => r.Nullable<long>(0) ?? 0, ct);
        return rows[0];
    }

    public static Task InsertAsync(
        NpgsqlTransaction transaction, long version, string entry, DateTimeOffset at, CancellationToken ct) =>
        transaction.Connection!.Command(InsertVersion, version, entry, at).RunAsync(ct);
}
