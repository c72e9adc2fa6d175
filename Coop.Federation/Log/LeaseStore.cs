using Npgsql;

namespace Coop.Federation.Log;

/// <summary>
/// The lease in the head row. Time is the database's alone, since replicas' clocks differ; safety
/// never rests on it: a stalled holder is fenced out by the epoch.
/// </summary>
public static class LeaseStore
{
    private const string TakeLease = """
        UPDATE log_head
        SET lease_holder = $1, lease_epoch = lease_epoch + 1, lease_expires_at = now() + $2
        WHERE id = 1 AND lease_epoch = $3
          AND (lease_holder IS NULL OR lease_holder = $1 OR lease_expires_at <= now())
        """;

    private const string RenewLease = """
        UPDATE log_head
        SET lease_expires_at = now() + $1
        WHERE id = 1 AND lease_holder = $2 AND lease_epoch = $3
        """;

    private const string ReleaseLease = """
        UPDATE log_head
        SET lease_holder = NULL
        WHERE id = 1 AND lease_holder = $1 AND lease_epoch = $2
        """;

    /// <summary>Takes a lease that is free or the holder's own; its epoch is then <paramref name="seenEpoch"/> + 1.</summary>
    public static async Task<bool> TryTakeAsync(
        NpgsqlTransaction transaction, Guid holder, long seenEpoch, TimeSpan length, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = new NpgsqlCommand(TakeLease, transaction.Connection, transaction);
        command.Parameters.Add(new() { Value = holder });
        command.Parameters.Add(new() { Value = length });
        command.Parameters.Add(new() { Value = seenEpoch });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Extends the holder's own lease; false when it is no longer theirs.</summary>
    public static async Task<bool> TryRenewAsync(
        NpgsqlTransaction transaction, Guid holder, long epoch, TimeSpan length, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = new NpgsqlCommand(RenewLease, transaction.Connection, transaction);
        command.Parameters.Add(new() { Value = length });
        command.Parameters.Add(new() { Value = holder });
        command.Parameters.Add(new() { Value = epoch });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Gives the lease back, so that another start need not wait for it to expire.</summary>
    public static async Task ReleaseAsync(
        NpgsqlTransaction transaction, Guid holder, long epoch, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = new NpgsqlCommand(ReleaseLease, transaction.Connection, transaction);
        command.Parameters.Add(new() { Value = holder });
        command.Parameters.Add(new() { Value = epoch });
        await command.ExecuteNonQueryAsync(ct);
    }
}
