using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Json;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Claims;

/// <summary>Claims of peers, each once by sender and id; what is withdrawn leaves its mark and no content.</summary>
internal static class ReceivedClaimStore
{
    private const string Columns = """
        id, peer_did, peer_name, claim_id, kind, hash, body, purpose, retain_until, show_to_members, received_at,
        received_event, receipt, ended_at, ended_reason, withdrawal_receipt
        """;

    private const string SelectById = $"SELECT {Columns} FROM claims_received WHERE id = $1";

    private const string SelectByClaim = $"SELECT {Columns} FROM claims_received WHERE peer_did = $1 AND claim_id = $2";

    private const string SelectPage = $"""
        SELECT {Columns} FROM claims_received
        WHERE id < $1 AND received_event IS NOT NULL AND (show_to_members OR $2)
        ORDER BY id DESC
        LIMIT $3
        """;

    private const string SelectOver = $"""
        SELECT {Columns} FROM claims_received
        WHERE body IS NOT NULL AND (retain_until <= $1 OR peer_did = ANY($2))
        ORDER BY id
        LIMIT $3
        """;

    private const string SelectSenders = """
        SELECT DISTINCT peer_did FROM claims_received WHERE body IS NOT NULL AND received_at < $1
        """;

    private const string CountSince = "SELECT count(*) FROM claims_received WHERE peer_did = $1 AND received_at > $2";

    private const string Insert = """
        INSERT INTO claims_received
          (id, peer_did, peer_name, claim_id, kind, hash, body, purpose, retain_until, show_to_members, received_at,
           received_event, receipt, ended_at, ended_reason, withdrawal_receipt)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        ON CONFLICT (peer_did, claim_id) DO NOTHING
        """;

    private const string UpdateEnded = """
        UPDATE claims_received
        SET body = NULL, ended_at = $2, ended_event = $3, ended_reason = $4, withdrawal_receipt = $5
        WHERE id = $1 AND ended_at IS NULL
        """;

    private const string UpdateWithdrawalReceipt = """
        UPDATE claims_received SET withdrawal_receipt = $2 WHERE id = $1 AND withdrawal_receipt IS NULL
        """;

    private static readonly Guid Last = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    /// <summary>How many of a peer have come since then, marks of withdrawals without a claim included.</summary>
    public static async Task<long> CountSinceAsync(
        NpgsqlConnection connection, string peerDid, DateTimeOffset since, CancellationToken ct) =>
        (await connection.Command(CountSince, peerDid, since).ListAsync(r => r.GetInt64(0), ct))[0];

    public static Task<ReceivedClaim?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectById, id).SingleAsync(Read, ct);

    public static Task<ReceivedClaim?> FindAsync(
        NpgsqlConnection connection, string peerDid, Guid claimId, CancellationToken ct) =>
        connection.Command(SelectByClaim, peerDid, claimId).SingleAsync(Read, ct);

    /// <summary>Newest first.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="isAll">Also those that members may not see.</param>
    /// <param name="after">The row that the page follows.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends the waiting.</param>
    public static Task<List<ReceivedClaim>> ListAsync(
        NpgsqlConnection connection, bool isAll, Guid? after, int limit, CancellationToken ct) =>
        connection.Command(SelectPage, after ?? Last, isAll, (long)limit).ListAsync(Read, ct);

    /// <summary>Whose claims are kept here, but for those that came after <paramref name="before"/>.</summary>
    public static Task<List<string>> ListSendersAsync(
        NpgsqlConnection connection, DateTimeOffset before, CancellationToken ct) =>
        connection.Command(SelectSenders, before).ListAsync(r => r.GetString(0), ct);

    /// <summary>Those whose time is over, and those of senders who are no peers any more.</summary>
    public static Task<List<ReceivedClaim>> ListOverAsync(
        NpgsqlConnection connection, DateTimeOffset now, string[] gone, int limit, CancellationToken ct) =>
        connection.Command(SelectOver, now, gone, (long)limit).ListAsync(Read, ct);

    /// <summary>False when the sender used this id before.</summary>
    public static async Task<bool> InsertAsync(NpgsqlTransaction transaction, ReceivedClaim claim, CancellationToken ct) =>
        await transaction.Connection!.Command(
            Insert, claim.Id, claim.PeerDid, claim.PeerName, claim.ClaimId, claim.Kind, claim.Hash, TextOf(claim.Body),
            claim.Purpose, claim.RetainUntil, claim.ShowToMembers, claim.ReceivedAt, claim.ReceivedEvent,
            TextOf(claim.Receipt), claim.EndedAt, claim.EndedReason, TextOf(claim.WithdrawalReceipt)).RunAsync(ct) == 1;

    /// <summary>Deletes the content. False when it was deleted before.</summary>
    public static async Task<bool> EndAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset at, Guid eventId, string reason, JsonObject? receipt,
        CancellationToken ct) =>
        await transaction.Connection!.Command(UpdateEnded, id, at, eventId, reason, TextOf(receipt)).RunAsync(ct) == 1;

    /// <summary>Keeps the answer to a withdrawal of what was deleted before.</summary>
    public static Task KeepAnswerAsync(NpgsqlTransaction transaction, Guid id, JsonObject receipt, CancellationToken ct) =>
        transaction.Connection!.Command(UpdateWithdrawalReceipt, id, TextOf(receipt)).RunAsync(ct);

    private static string? TextOf(JsonObject? json) =>
        json is null ? null : Encoding.UTF8.GetString(CanonicalJson.Serialize(json));

    private static JsonObject? JsonOf(string? text) =>
        text is null ? null : CanonicalJson.Parse(Encoding.UTF8.GetBytes(text))!.AsObject();

    private static ReceivedClaim Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        row.GetGuid(3),
        row.NullableText(4),
        row.GetFieldValue<byte[]>(5),
        JsonOf(row.NullableText(6)),
        row.NullableText(7),
        row.Nullable<DateTimeOffset>(8),
        row.GetBoolean(9),
        row.GetFieldValue<DateTimeOffset>(10),
        row.Nullable<Guid>(11),
        JsonOf(row.NullableText(12)),
        row.Nullable<DateTimeOffset>(13),
        row.NullableText(14),
        JsonOf(row.NullableText(15)));
}
