using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Presenting;

/// <summary>Requests for a credential, until they are over.</summary>
internal static class PresentationStore
{
    private const string SelectRequest = """
        SELECT id, browser_hash, nonce, state, expires_at, answered_at, guest_id, refusal
        FROM presentation_requests
        WHERE id = $1
        """;

    private const string InsertRequest = """
        INSERT INTO presentation_requests (id, browser_hash, nonce, state, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string UpdateAnswered = """
        UPDATE presentation_requests
        SET answered_at = $2, guest_id = $3, refusal = $4
        WHERE id = $1 AND answered_at IS NULL AND expires_at > $2
        """;

    private const string DeleteExpired = "DELETE FROM presentation_requests WHERE expires_at < $1";

    public static Task<PresentationRequest?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectRequest, id).SingleAsync(Read, ct);

    /// <summary>Writes a new one, and clears away those that are long over.</summary>
    public static async Task<int> InsertAsync(
        NpgsqlTransaction transaction, PresentationRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var connection = transaction.Connection!;
        await connection.Command(DeleteExpired, now - PresentationRequest.Lifetime).RunAsync(ct);
        return await connection.Command(
            InsertRequest, request.Id, request.BrowserHash, request.Nonce, request.State, now, request.ExpiresAt)
            .RunAsync(ct);
    }

    /// <summary>Writes the one answer. False when there was one, or the time is over.</summary>
    public static async Task<bool> AnswerAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset now, Guid? guestId, string? refusal, CancellationToken ct) =>
        await transaction.Connection!.Command(UpdateAnswered, id, now, guestId, refusal).RunAsync(ct) == 1;

    private static PresentationRequest Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetFieldValue<byte[]>(1),
        row.GetString(2),
        row.GetString(3),
        row.GetFieldValue<DateTimeOffset>(4),
        row.Nullable<DateTimeOffset>(5),
        row.Nullable<Guid>(6),
        row.NullableText(7));
}
