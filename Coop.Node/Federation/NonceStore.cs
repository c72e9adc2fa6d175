using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation;

/// <summary>The nonces of requests that were taken, until they would be stale anyway. Shared by all replicas.</summary>
internal static class NonceStore
{
    private const string InsertNonce = """
        INSERT INTO peer_nonces (did, nonce, mark, expires_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (did, nonce) DO NOTHING
        """;

    private const string SelectMark = "SELECT mark FROM peer_nonces WHERE did = $1 AND nonce = $2";

    private const string DeleteExpired = "DELETE FROM peer_nonces WHERE expires_at < $1";

    /// <summary>Takes a nonce.</summary>
    /// <param name="transaction">The transaction, which may run again after a commit of unknown outcome.</param>
    /// <param name="did">Whose request it is.</param>
    /// <param name="nonce">The request's.</param>
    /// <param name="mark">The same in every attempt for one request, by which it knows its own.</param>
    /// <param name="expiresAt">Until when it is kept.</param>
    /// <param name="ct">Cancels the attempt.</param>
    /// <returns>False when another request had it.</returns>
    public static async Task<bool> TakeAsync(
        NpgsqlTransaction transaction, string did, string nonce, Guid mark, DateTimeOffset expiresAt, CancellationToken ct)
    {
        var connection = transaction.Connection!;
        if (await connection.Command(InsertNonce, did, nonce, mark, expiresAt).RunAsync(ct) == 1)
        {
            return true;
        }

        var marks = await connection.Command(SelectMark, did, nonce).ListAsync(r => r.GetGuid(0), ct);
        return marks is [var taken] && taken == mark;
    }

    public static Task<int> SweepAsync(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken ct) =>
        transaction.Connection!.Command(DeleteExpired, now).RunAsync(ct);
}
