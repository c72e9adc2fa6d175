using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Accounts;

/// <summary>Which ceremonies were used, until they would have expired anyway.</summary>
public static class CeremonyStore
{
    private const string InsertUse = """
        INSERT INTO used_ceremonies (id, used_by_request, expires_at)
        VALUES ($1, $2, $3)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string SelectUse = """
        SELECT 1 FROM used_ceremonies WHERE id = $1 AND used_by_request = $2
        """;

    private const string DeleteExpired = "DELETE FROM used_ceremonies WHERE expires_at < $1";

    /// <summary>Uses a ceremony up. False when it was used before, by whomever.</summary>
    public static async Task<bool> UseAsync(
        NpgsqlTransaction transaction, Ceremony ceremony, Guid request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(ceremony);
        return await transaction.Connection!
            .Command(InsertUse, ceremony.Id, request, ceremony.ExpiresAt)
            .RunAsync(ct) == 1;
    }

    /// <summary>Whether this very request used it: an earlier attempt, whose commit was not confirmed.</summary>
    public static async Task<bool> WasUsedByAsync(
        NpgsqlTransaction transaction, Ceremony ceremony, Guid request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(ceremony);
        var rows = await transaction.Connection!
            .Command(SelectUse, ceremony.Id, request)
            .ListAsync(_ => true, ct);
        return rows.Count == 1;
    }

    public static Task<int> DeleteExpiredAsync(
        NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.Connection!.Command(DeleteExpired, now).RunAsync(ct);
    }
}
