using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Idempotency;

/// <summary>
/// The answers given so far, kept for good. A row is written by the transaction that has the effect,
/// so neither is there without the other, and a refused request leaves its key free.
/// </summary>
public static class IdempotencyStore
{
    private const string SelectAnswer = """
        SELECT request_hash, status, location, answer
        FROM idempotency_keys
        WHERE member_id = $1 AND key = $2
        """;

    private const string InsertAnswer = """
        INSERT INTO idempotency_keys
          (member_id, key, request_hash, answered_at, status, location, answer)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (member_id, key) DO NOTHING
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

    /// <summary>Keeps an answer; false where another transaction kept one under the key meanwhile.</summary>
    public static async Task<bool> AddAsync(
        NpgsqlTransaction transaction, IdempotentRequest request, IdempotentAnswer answer,
        DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(answer);
        var command = transaction.Connection!.Command(
            InsertAnswer, request.MemberId, request.Key.Value, request.Hash.ToArray(), now,
            (long)answer.Status, answer.Location, answer.Json);
        return await command.RunAsync(ct) == 1;
    }

    /// <param name="RequestHash">32 bytes.</param>
    /// <param name="Answer">What was answered.</param>
    public sealed record Kept(byte[] RequestHash, IdempotentAnswer Answer);
}
