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

    private const string InsertAnswer = """
        INSERT INTO idempotency_keys
          (member_id, key, request_hash, answered_at, status, location, answer)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
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
    /// The statement that keeps an answer. After <see cref="FindAsync"/> in the same SERIALIZABLE
    /// transaction, a row that another one wrote meanwhile is a serialization failure.
    /// </summary>
    public static NpgsqlBatchCommand Add(
        IdempotentRequest request, IdempotentAnswer answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(answer);
        return new(InsertAnswer)
        {
            Parameters =
            {
                new() { Value = request.MemberId },
                new() { Value = request.Key.Value },
                new() { Value = request.Hash.ToArray() },
                new() { Value = now },
                new() { Value = (long)answer.Status },
                new() { Value = (object?)answer.Location ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = answer.Json },
            },
        };
    }

    /// <param name="RequestHash">32 bytes.</param>
    /// <param name="Answer">What was answered.</param>
    public sealed record Kept(byte[] RequestHash, IdempotentAnswer Answer);
}
