using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Trade;
using Coop.Identity.Json;
using Coop.Node.Database;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Node.Features.Trade;

/// <summary>A netting as it is kept, with its times.</summary>
internal sealed record NettingRow(Netting Netting, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

/// <summary>The nettings of which this co-op is part; their legs are transfers.</summary>
internal static class NettingTable
{
    private const string Columns = "SELECT plan, approval, decision, created_at, changed_at FROM trade_nettings";

    private const string SelectOne = Columns + " WHERE id = $1";

    private const string SelectOpen = Columns + " WHERE NOT is_over ORDER BY id LIMIT 1000";

    private const string SelectNewest = Columns + " ORDER BY created_at DESC, id LIMIT $1";

    private const string SelectLegs = "SELECT id, state FROM trade_transfers WHERE netting_id = $1";

    private const string Upsert = """
        INSERT INTO trade_nettings (id, plan, approval, decision, is_over, event_id, created_at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
        ON CONFLICT (id) DO UPDATE
        SET approval = excluded.approval, decision = excluded.decision, is_over = excluded.is_over,
          event_id = excluded.event_id, changed_at = excluded.changed_at
        """;

    private const string UpdateOver = "UPDATE trade_nettings SET is_over = $2, changed_at = $3 WHERE id = $1 AND is_over <> $2";

    private const string SelectClearing = "SELECT account FROM trade_clearing WHERE unit = $1";

    private const string InsertClearing = "INSERT INTO trade_clearing (unit, account) VALUES ($1, $2)";

    public static async Task<NettingRow?> FindAsync(NpgsqlConnection connection, string did, Guid id, CancellationToken ct) =>
        await connection.Command(SelectOne, id).SingleAsync(Read, ct) is { } row ? await WithLegsAsync(connection, did, row, ct) : null;

    public static Task<List<NettingRow>> ListOpenAsync(NpgsqlConnection connection, string did, CancellationToken ct) =>
        ListAsync(connection, did, connection.Command(SelectOpen), ct);

    public static Task<List<NettingRow>> ListAsync(NpgsqlConnection connection, string did, int limit, CancellationToken ct) =>
        ListAsync(connection, did, connection.Command(SelectNewest, (long)limit), ct);

    public static Task SaveAsync(WriteScope scope, string did, Netting netting, Guid eventId, CancellationToken ct)
    {
        var command = scope.Connection.Command(
            Upsert, netting.Plan.Id, Text(netting.Plan.Json), TransferTable.Name(netting.Approval));
        command.Parameters.Add(new()
        {
            Value = netting.Decision is { } decision ? Text(decision.Json) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text,
        });
        command.Parameters.Add(new() { Value = netting.IsOver(did) });
        command.Parameters.Add(new() { Value = eventId });
        command.Parameters.Add(new() { Value = scope.Now });
        return command.RunAsync(ct);
    }

    /// <summary>Notes whether a netting is over, after one of its legs has moved.</summary>
    public static async Task NoteAsync(WriteScope scope, string did, Guid id, CancellationToken ct)
    {
        if (await FindAsync(scope.Connection, did, id, ct) is { } row)
        {
            await scope.Connection.Command(UpdateOver, id, row.Netting.IsOver(did), scope.Now).RunAsync(ct);
        }
    }

    public static async Task<Guid?> FindClearingAsync(NpgsqlConnection connection, string unit, CancellationToken ct) =>
        (await connection.Command(SelectClearing, unit).ListAsync(r => r.GetGuid(0), ct)) is [var account] ? account : null;

    public static Task AddClearingAsync(WriteScope scope, string unit, Guid account, CancellationToken ct) =>
        scope.Connection.Command(InsertClearing, unit, account).RunAsync(ct);

    private static async Task<List<NettingRow>> ListAsync(NpgsqlConnection connection, string did, NpgsqlCommand command, CancellationToken ct)
    {
        var rows = await command.ListAsync(Read, ct);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i] = await WithLegsAsync(connection, did, rows[i], ct);
        }

        return rows;
    }

    private static async Task<NettingRow> WithLegsAsync(NpgsqlConnection connection, string did, NettingRow row, CancellationToken ct)
    {
        var plan = row.Netting.Plan;
        var legs = await connection.Command(SelectLegs, plan.Id).ListAsync(
            r => (Id: r.GetGuid(0), State: TransferTable.Value<TransferState>(r.GetString(1))), ct);
        return row with { Netting = row.Netting with { In = Of(plan.LegOf(plan.CreditorOf(did))), Out = Of(plan.LegOf(did)) } };

        TransferState? Of(Guid leg) => legs.Exists(l => l.Id == leg) ? legs.Find(l => l.Id == leg).State : null;
    }

    private static NettingRow Read(NpgsqlDataReader r) => new(
        new(
            NettingReader.ReadPlan(Json(r.GetString(0))) with { IsVerified = true },
            TransferTable.Value<NettingApproval>(r.GetString(1)),
            r.IsDBNull(2) ? null : NettingReader.ReadDecision(Json(r.GetString(2))), null, null),
        r.GetFieldValue<DateTimeOffset>(3), r.GetFieldValue<DateTimeOffset>(4));

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static string Text(JsonObject json) => Encoding.UTF8.GetString(CanonicalJson.Serialize(json));
}
