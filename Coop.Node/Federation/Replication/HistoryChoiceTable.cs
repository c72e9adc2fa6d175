using Coop.Federation.Replication;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation.Replication;

/// <summary>What people decided about logs that signed two histories; the last of each log is in force.</summary>
internal static class HistoryChoiceTable
{
    private const string SelectLast = """
        SELECT number, choice, history FROM history_choices WHERE origin = $1 ORDER BY number DESC LIMIT 1
        """;

    private const string SelectHistories = """
        SELECT origin, max(history) FROM history_choices GROUP BY origin
        """;

    private const string Insert = """
        INSERT INTO history_choices (origin, number, choice, history, peering_id, step) VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private const string UpdateEvidence = "UPDATE evidence SET choice = $2 WHERE origin = $1 AND choice IS NULL";

    /// <param name="Number">From 1, for each log.</param>
    /// <param name="Choice">What was chosen.</param>
    /// <param name="History">Which history is followed since, see <see cref="MirrorState.History"/>.</param>
    public sealed record Row(long Number, HistoryChoice Choice, long History);

    public static Task<Row?> FindAsync(NpgsqlConnection connection, string origin, CancellationToken ct) =>
        connection.Command(SelectLast, origin).SingleAsync(
            r => new Row(r.GetInt64(0), PeeringNames.Choice(r.GetString(1)), r.GetInt64(2)), ct);

    /// <summary>Which history of the log is followed.</summary>
    public static async Task<long> HistoryAsync(NpgsqlConnection connection, string origin, CancellationToken ct) =>
        (await FindAsync(connection, origin, ct))?.History ?? 0;

    /// <summary>Of each log about which people have decided, which history is followed.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> HistoriesAsync(
        NpgsqlConnection connection, CancellationToken ct) =>
        (await connection.Command(SelectHistories).ListAsync(r => (Origin: r.GetString(0), History: r.GetInt64(1)), ct))
            .ToDictionary(r => r.Origin, r => r.History, StringComparer.Ordinal);

    /// <summary>Writes a choice; it is about all evidence that there is.</summary>
    /// <param name="transaction">Open.</param>
    /// <param name="origin">The log.</param>
    /// <param name="row">The choice.</param>
    /// <param name="peeringId">The peering that is resumed.</param>
    /// <param name="step">The number of the step that resumes it.</param>
    /// <param name="ct">Cancels the attempt.</param>
    public static async Task AddAsync(
        NpgsqlTransaction transaction, string origin, Row row, Guid peeringId, long step, CancellationToken ct)
    {
        var connection = transaction.Connection!;
        await connection.Command(
            Insert, origin, row.Number, PeeringNames.Of(row.Choice), row.History, peeringId, step).RunAsync(ct);
        await connection.Command(UpdateEvidence, origin, row.Number).RunAsync(ct);
    }
}
