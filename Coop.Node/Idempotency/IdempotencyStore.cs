using Coop.Node.Database;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Node.Idempotency;

/// <summary>
/// The answers given so far, kept for good. A row is written by the transaction that has the effect,
/// so neither is there without the other, and a refused request leaves its key free.
/// </summary>
public static class IdempotencyStore
{
    internal const string SelectAnswer = """
        SELECT request_hash, status, location, answer
        FROM idempotency_keys
        WHERE member_id = $1 AND key = $2
        """;

    // One look-up a key, whatever the planner thinks of the table: a join would be planned for the table as
    // it was, and on a young one read all of it.
    internal const string SelectUsed = """
        SELECT asked.member_id, asked.key,
          (SELECT k.status FROM idempotency_keys k
           WHERE k.member_id = asked.member_id AND k.key = asked.key) AS status
        FROM (SELECT DISTINCT unnest($1::uuid[]) AS member_id, unnest($2::text[]) AS key) asked
        """;

    internal const string SelectAnswers = """
        SELECT k.member_id, k.key, k.request_hash, k.status, k.location, k.answer
        FROM (SELECT DISTINCT unnest($1::uuid[]) AS member_id, unnest($2::text[]) AS key) asked
        JOIN idempotency_keys k ON k.member_id = asked.member_id AND k.key = asked.key
        """;

    private const string InsertAnswers = """
        INSERT INTO idempotency_keys
          (member_id, key, request_hash, answered_at, status, location, answer)
        SELECT unnest($1::uuid[]), unnest($2::text[]), unnest($3::bytea[]), $4::timestamptz,
          unnest($5::bigint[]), unnest($6::text[]), unnest($7::text[])
        """;

    /// <summary>The answer that was given under the request's key, with the hash of what it answered.</summary>
    public static Task<Kept?> FindAsync(
        NpgsqlTransaction transaction, IdempotentRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(request);
        return transaction.Connection!
            .Command(SelectAnswer, request.MemberId, request.Key.Value)
            .SingleAsync(
                row => new Kept(
                    row.GetFieldValue<byte[]>(0),
                    new(checked((int)row.GetInt64(1)), row.NullableText(2), row.GetString(3))),
                ct);
    }

    /// <summary>
    /// The statement that keeps an answer. After a look at the key in the same SERIALIZABLE
    /// transaction, a row that another one wrote meanwhile is a serialization failure.
    /// </summary>
    public static NpgsqlBatchCommand Add(
        IdempotentRequest request, IdempotentAnswer answer, DateTimeOffset now) => Add([(request, answer)], now);

    /// <summary>As <see cref="Add(IdempotentRequest, IdempotentAnswer, DateTimeOffset)"/>, for many at once.</summary>
    public static NpgsqlBatchCommand Add(
        IReadOnlyList<(IdempotentRequest Request, IdempotentAnswer Answer)> answered, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(answered);
        return new(InsertAnswers)
        {
            Parameters =
            {
                new() { Value = answered.Select(a => a.Request.MemberId).ToArray() },
                new() { Value = answered.Select(a => a.Request.Key.Value).ToArray() },
                new() { Value = answered.Select(a => a.Request.Hash.ToArray()).ToArray() },
                new() { Value = now },
                new() { Value = answered.Select(a => (long)a.Answer.Status).ToArray() },
                new() { Value = answered.Select(a => a.Answer.Location).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = answered.Select(a => a.Answer.Json).ToArray() },
            },
        };
    }

    /// <summary>The statement that <see cref="ReadUsedAsync"/> reads, for a batch with others.</summary>
    public static NpgsqlBatchCommand FindUsed(IEnumerable<IdempotentRequest> requests) =>
        Command(SelectUsed, [.. requests.Select(r => (r.MemberId, r.Key.Value))]);

    /// <summary>Those of the keys asked for that have an answer.</summary>
    public static async Task<List<(Guid Member, string Key)>> ReadUsedAsync(
        NpgsqlDataReader reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var used = new List<(Guid, string)>();
        while (await reader.ReadAsync(ct))
        {
            if (!await reader.IsDBNullAsync(2, ct))
            {
                used.Add((reader.GetGuid(0), reader.GetString(1)));
            }
        }

        return used;
    }

    /// <summary>The answers that were given under keys, by member and key.</summary>
    public static async Task<List<((Guid Member, string Key) Name, Kept Kept)>> FindAsync(
        NpgsqlTransaction transaction, IReadOnlyList<(Guid Member, string Key)> names, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands = { Command(SelectAnswers, names) },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var found = new List<((Guid, string), Kept)>();
        while (await reader.ReadAsync(ct))
        {
            var answer = new IdempotentAnswer(checked((int)reader.GetInt64(3)), reader.NullableText(4), reader.GetString(5));
            found.Add(((reader.GetGuid(0), reader.GetString(1)), new(reader.GetFieldValue<byte[]>(2), answer)));
        }

        return found;
    }

    private static NpgsqlBatchCommand Command(string sql, IReadOnlyList<(Guid Member, string Key)> names) => new(sql)
    {
        Parameters =
        {
            new() { Value = names.Select(n => n.Member).ToArray() },
            new() { Value = names.Select(n => n.Key).ToArray() },
        },
    };

    /// <param name="RequestHash">32 bytes.</param>
    /// <param name="Answer">What was answered.</param>
    public sealed record Kept(byte[] RequestHash, IdempotentAnswer Answer)
    {
        /// <summary>Whether it answered this request, and not another under the same key.</summary>
        public bool IsOf(IdempotentRequest request)
        {
            ArgumentNullException.ThrowIfNull(request);
            return RequestHash.AsSpan().SequenceEqual(request.Hash.Span);
        }
    }
}
