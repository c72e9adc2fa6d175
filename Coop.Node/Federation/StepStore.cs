using Coop.Federation.Peering;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation;

/// <summary>The steps of peerings: their history, and what is still to be sent.</summary>
internal static class StepStore
{
    private const int MaxListed = 1000;

    private const string Columns =
        "peering_id, side, number, step, terms_hash, terms, reason, actor, at, event_id, delivered_at";

    private const string SelectAll = $"""
        SELECT {Columns} FROM peering_steps WHERE peering_id = $1 ORDER BY at DESC, number DESC LIMIT $2
        """;

    private const string SelectOne = $"""
        SELECT {Columns} FROM peering_steps WHERE peering_id = $1 AND side = $2 AND number = $3
        """;

    private const string SelectToSend = $"""
        SELECT {Columns} FROM peering_steps
        WHERE side = 'us' AND delivered_at IS NULL AND peering_id = $1
        ORDER BY number
        LIMIT $2
        """;

    // What the other side has ended is not told any more; our own end is. Peerings that began come first, so that
    // strangers who are never there hold up nobody.
    private const string SelectPeeringsToSend = """
        SELECT s.peering_id
        FROM peering_steps AS s
        JOIN peerings AS p ON p.id = s.peering_id
        WHERE s.side = 'us' AND s.delivered_at IS NULL AND (s.at > $1 OR (p.version > 0 AND NOT p.ended))
          AND (NOT p.ended OR EXISTS (
            SELECT 1 FROM peering_steps AS e WHERE e.peering_id = s.peering_id AND e.side = 'us' AND e.step = 'ended'))
        GROUP BY s.peering_id, p.version, p.created_at
        ORDER BY CASE WHEN p.version > 0 THEN 0 ELSE 1 END, p.created_at DESC
        LIMIT $2
        """;

    private const string InsertStep = $"""
        INSERT INTO peering_steps ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    private const string UpdateDelivered = """
        UPDATE peering_steps SET delivered_at = $3
        WHERE peering_id = $1 AND side = 'us' AND number <= $2 AND delivered_at IS NULL
        """;

    private const string UpdateUndelivered = """
        UPDATE peering_steps SET delivered_at = NULL WHERE peering_id = $1 AND side = 'us' AND number >= $2
        """;

    /// <summary>The latest first.</summary>
    public static Task<List<StepRow>> ListAsync(NpgsqlConnection connection, Guid peeringId, CancellationToken ct) =>
        connection.Command(SelectAll, peeringId, (long)MaxListed).ListAsync(Read, ct);

    public static Task<StepRow?> FindAsync(
        NpgsqlConnection connection, Guid peeringId, PeeringSide side, long number, CancellationToken ct) =>
        connection.Command(SelectOne, peeringId, PeeringNames.Of(side), number).SingleAsync(Read, ct);

    /// <summary>What the peer of one peering does not have yet, in order.</summary>
    public static Task<List<StepRow>> ListToSendAsync(NpgsqlConnection connection, Guid peeringId, CancellationToken ct) =>
        connection.Command(SelectToSend, peeringId, (long)MaxListed).ListAsync(Read, ct);

    /// <summary>
    /// The peerings that have something to send; of those that never began, or have ended, nothing that is older than
    /// <paramref name="since"/>.
    /// </summary>
    public static Task<List<Guid>> ListPeeringsToSendAsync(
        NpgsqlConnection connection, DateTimeOffset since, CancellationToken ct) =>
        connection.Command(SelectPeeringsToSend, since, (long)PeeringStore.MaxCount).ListAsync(r => r.GetGuid(0), ct);

    public static Task InsertAsync(NpgsqlTransaction transaction, StepRow step, CancellationToken ct) =>
        transaction.Connection!.Command(
            InsertStep, step.PeeringId, PeeringNames.Of(step.Side), step.Number, PeeringNames.Of(step.Step),
            step.TermsHash, step.Terms?.Text, step.Reason, step.Actor, step.At, step.EventId, step.DeliveredAt)
            .RunAsync(ct);

    /// <summary>Notes that the peer has all steps up to that number.</summary>
    public static Task<int> MarkDeliveredAsync(
        NpgsqlTransaction transaction, Guid peeringId, long number, DateTimeOffset at, CancellationToken ct) =>
        transaction.Connection!.Command(UpdateDelivered, peeringId, number, at).RunAsync(ct);

    /// <summary>Sends again from that number on: the peer has lost them.</summary>
    public static Task<int> SendAgainAsync(
        NpgsqlTransaction transaction, Guid peeringId, long number, CancellationToken ct) =>
        transaction.Connection!.Command(UpdateUndelivered, peeringId, number).RunAsync(ct);

    private static StepRow Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), PeeringNames.Side(row.GetString(1)), row.GetInt64(2), PeeringNames.Step(row.GetString(3)),
        row.NullableText(4), row.NullableText(5) is { } terms ? SignedTerms.Parse(terms) : null, row.NullableText(6),
        row.GetString(7), row.GetFieldValue<DateTimeOffset>(8), row.GetGuid(9), row.Nullable<DateTimeOffset>(10));
}
