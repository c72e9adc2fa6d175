using System.Security.Cryptography;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.StatusLists;

/// <summary>
/// Status lists: which entries are taken stands with the credentials and with the claims about the co-op itself,
/// so that there is one place that says what has become of them. A list is full when chance finds no free entry in it; the next one begins.
/// </summary>
internal static class StatusListStore
{
    /// <summary>Entries of a list: the least that Bitstring Status List 1.0 allows, for the sake of privacy.</summary>
    public const int EntryCount = 131_072;

    private const int DrawCount = 32;

    private const string SelectLast = "SELECT number FROM status_lists ORDER BY number DESC LIMIT 1";

    private const string InsertList = """
        INSERT INTO status_lists (number, version, created_at) VALUES ($1, 0, $2)
        ON CONFLICT (number) DO NOTHING
        """;

    private const string SelectTaken = """
        SELECT status_index FROM credentials WHERE status_list = $1 AND status_index = ANY($2)
        UNION ALL
        SELECT status_index FROM claims_sent WHERE status_list = $1 AND status_index = ANY($2)
        """;

    private const string UpdateVersion = "UPDATE status_lists SET version = version + 1 WHERE number = $1";

    private const string SelectVersion = "SELECT version FROM status_lists WHERE number = $1";

    private const string SelectMarks = """
        SELECT status_index, revoked_at IS NOT NULL, suspended_at IS NOT NULL
        FROM credentials
        WHERE status_list = $1 AND (revoked_at IS NOT NULL OR suspended_at IS NOT NULL)
        UNION ALL
        SELECT status_index, TRUE, FALSE
        FROM claims_sent
        WHERE status_list = $1 AND withdrawn_at IS NOT NULL
        """;

    /// <summary>A free entry at random, so that its number tells nothing about when it was given out.</summary>
    public static async Task<(long List, long Index)> TakeAsync(
        NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        var connection = transaction.Connection!;
        var lists = await connection.Command(SelectLast).ListAsync(r => r.GetInt64(0), ct);
        var list = lists is [var last] ? last : await BeginAsync(connection, 1, now, ct);
        while (true)
        {
            long[] drawn = [.. Enumerable.Range(0, DrawCount).Select(_ => (long)RandomNumberGenerator.GetInt32(EntryCount))];
            var taken = await connection.Command(SelectTaken, list, drawn).ListAsync(r => r.GetInt64(0), ct);
            if (drawn.Except(taken).ToList() is [var free, ..])
            {
                return (list, free);
            }

            list = await BeginAsync(connection, list + 1, now, ct);
        }
    }

    /// <summary>Says that an entry of the list has changed.</summary>
    public static Task TouchAsync(NpgsqlTransaction transaction, long list, CancellationToken ct) =>
        transaction.Connection!.Command(UpdateVersion, list).RunAsync(ct);

    /// <summary>How often the list's entries were changed; null when there is no such list.</summary>
    public static async Task<long?> FindVersionAsync(NpgsqlConnection connection, long list, CancellationToken ct) =>
        await connection.Command(SelectVersion, list).ListAsync(r => r.GetInt64(0), ct) is [var version] ? version : null;

    /// <summary>The entries that are not simply valid.</summary>
    public static Task<List<StatusMark>> ListMarksAsync(NpgsqlConnection connection, long list, CancellationToken ct) =>
        connection.Command(SelectMarks, list).ListAsync(
            r => new StatusMark(checked((int)r.GetInt64(0)), r.GetBoolean(1), r.GetBoolean(2)), ct);

    private static async Task<long> BeginAsync(
        NpgsqlConnection connection, long number, DateTimeOffset now, CancellationToken ct)
    {
        await connection.Command(InsertList, number, now).RunAsync(ct);
        return number;
    }
}
