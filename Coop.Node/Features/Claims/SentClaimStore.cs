using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Identity.Json;
using Coop.Node.Database;
using Coop.Node.Http;
using Npgsql;

namespace Coop.Node.Features.Claims;

/// <summary>Claims that this co-op made, with the peers' receipts. Durable with the transaction's commit.</summary>
internal static class SentClaimStore
{
    private const string Columns = """
        id, peer_did, peer_name, kind, attests, member_id, consent_id, credential_id, status_list, status_index, body, hash,
        purpose, retain_until, show_to_members, sent_at, sent_event, state, problem, receipt, withdrawn_at, withdrawn_event,
        withdrawal_receipt
        """;

    private const string SelectById = $"SELECT {Columns} FROM claims_sent WHERE id = $1";

    private const string SelectPage = $"SELECT {Columns} FROM claims_sent WHERE id < $1 ORDER BY id DESC LIMIT $2";

    private const string SelectOfMember = $"""
        SELECT {Columns} FROM claims_sent WHERE member_id = $1 ORDER BY id DESC LIMIT $2
        """;

    private const string SelectStanding = $"""
        SELECT {Columns} FROM claims_sent
        WHERE peer_did = $1 AND kind = $2 AND state IN ('pending', 'received')
        """;

    private const string SelectStandingOfMember = $"""
        SELECT {Columns} FROM claims_sent WHERE member_id = $1 AND state IN ('pending', 'received') ORDER BY id
        """;

    private const string SelectStandingOfCredential = $"""
        SELECT {Columns} FROM claims_sent WHERE credential_id = $1 AND state IN ('pending', 'received') ORDER BY id
        """;

    private const string Insert = """
        INSERT INTO claims_sent
          (id, peer_did, peer_name, kind, attests, member_id, consent_id, credential_id, status_list, status_index, body, hash,
           purpose, retain_until, show_to_members, sent_at, sent_event, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'pending')
        """;

    private const string UpdateReceived = """
        UPDATE claims_sent SET receipt = $2 WHERE id = $1 AND receipt IS NULL
        """;

    private const string UpdatePending = "UPDATE claims_sent SET state = $2, problem = $3 WHERE id = $1 AND state = 'pending'";

    private const string UpdateWithdrawing = """
        UPDATE claims_sent
        SET state = 'withdrawing', body = NULL, withdrawn_at = $2, withdrawn_event = $3
        WHERE id = $1 AND state IN ('pending', 'received')
        """;

    private const string UpdateWithdrawn = """
        UPDATE claims_sent
        SET state = 'withdrawn', withdrawal_receipt = $2, problem = $3
        WHERE id = $1 AND state = 'withdrawing'
        """;

    private static readonly IReadOnlyList<string> States = [.. StrictEnumConverter.NamesOf(typeof(SentClaimState))];

    private static readonly Guid Last = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    public static Task<SentClaim?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectById, id).SingleAsync(Read, ct);

    /// <summary>Newest first.</summary>
    public static Task<List<SentClaim>> ListAsync(NpgsqlConnection connection, Guid? after, int limit, CancellationToken ct) =>
        connection.Command(SelectPage, after ?? Last, (long)limit).ListAsync(Read, ct);

    /// <summary>What was said about a member, newest first.</summary>
    public static Task<List<SentClaim>> ListOfAsync(
        NpgsqlConnection connection, Guid memberId, int limit, CancellationToken ct) =>
        connection.Command(SelectOfMember, memberId, (long)limit).ListAsync(Read, ct);

    /// <summary>What a peer was told of a kind, and still counts.</summary>
    public static Task<List<SentClaim>> ListStandingAsync(
        NpgsqlConnection connection, string peerDid, ClaimKind kind, CancellationToken ct) =>
        connection.Command(SelectStanding, peerDid, ClaimKinds.NameOf(kind)).ListAsync(Read, ct);

    /// <summary>What was said about a member, and still counts.</summary>
    public static Task<List<SentClaim>> ListStandingOfAsync(NpgsqlConnection connection, Guid memberId, CancellationToken ct) =>
        connection.Command(SelectStandingOfMember, memberId).ListAsync(Read, ct);

    /// <summary>What rests on a credential, and still counts.</summary>
    public static Task<List<SentClaim>> ListStandingOfCredentialAsync(
        NpgsqlConnection connection, Guid credentialId, CancellationToken ct) =>
        connection.Command(SelectStandingOfCredential, credentialId).ListAsync(Read, ct);

    public static Task InsertAsync(NpgsqlTransaction transaction, SentClaim claim, CancellationToken ct) =>
        transaction.Connection!.Command(
            Insert, claim.Id, claim.PeerDid, claim.PeerName, ClaimKinds.NameOf(claim.Kind), claim.Attests, claim.MemberId,
            claim.ConsentId, claim.CredentialId, claim.Status?.List, claim.Status?.Index, TextOf(claim.Body), claim.Hash,
            claim.Terms.Purpose, claim.Terms.RetainUntil, claim.Terms.ShowToMembers, claim.SentAt, claim.SentEvent)
            .RunAsync(ct);

    /// <summary>Keeps the receipt; a claim that was withdrawn meanwhile stays so.</summary>
    public static async Task ReceiveAsync(NpgsqlTransaction transaction, Guid id, JsonObject receipt, CancellationToken ct)
    {
        await transaction.Connection!.Command(UpdateReceived, id, TextOf(receipt)).RunAsync(ct);
        await transaction.Connection!.Command(UpdatePending, id, States[(int)SentClaimState.Received], null).RunAsync(ct);
    }

    public static Task RefuseAsync(NpgsqlTransaction transaction, Guid id, string problem, CancellationToken ct) =>
        transaction.Connection!.Command(UpdatePending, id, States[(int)SentClaimState.Refused], problem).RunAsync(ct);

    /// <summary>False when it does not stand.</summary>
    public static async Task<bool> WithdrawAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset at, Guid eventId, CancellationToken ct) =>
        await transaction.Connection!.Command(UpdateWithdrawing, id, at, eventId).RunAsync(ct) == 1;

    /// <param name="transaction">Open.</param>
    /// <param name="id">The claim.</param>
    /// <param name="receipt">The peer's word; null where there is no peering any more.</param>
    /// <param name="problem">Why there is no receipt.</param>
    /// <param name="ct">Ends the waiting.</param>
    public static Task FinishWithdrawalAsync(
        NpgsqlTransaction transaction, Guid id, JsonObject? receipt, string? problem, CancellationToken ct) =>
        transaction.Connection!.Command(UpdateWithdrawn, id, TextOf(receipt), problem).RunAsync(ct);

    private static string? TextOf(JsonObject? json) =>
        json is null ? null : Encoding.UTF8.GetString(CanonicalJson.Serialize(json));

    private static JsonObject? JsonOf(string? text) =>
        text is null ? null : CanonicalJson.Parse(Encoding.UTF8.GetBytes(text))!.AsObject();

    private static SentClaim Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        ClaimKinds.OfName(row.GetString(3)) ?? throw new InvalidDataException("A claim of an unknown kind."),
        row.GetString(4),
        row.Nullable<Guid>(5),
        row.Nullable<Guid>(6),
        row.Nullable<Guid>(7),
        row.Nullable<long>(8) is { } list ? (list, row.GetInt64(9)) : null,
        JsonOf(row.NullableText(10)),
        row.GetFieldValue<byte[]>(11),
        new ClaimTerms(row.GetString(12), row.GetFieldValue<DateTimeOffset>(13), row.GetBoolean(14)),
        row.GetFieldValue<DateTimeOffset>(15),
        row.GetGuid(16))
    {
        State = (SentClaimState)States.ToList().IndexOf(row.GetString(17)),
        Problem = row.NullableText(18),
        Receipt = JsonOf(row.NullableText(19)),
        WithdrawnAt = row.Nullable<DateTimeOffset>(20),
        WithdrawnEvent = row.Nullable<Guid>(21),
        WithdrawalReceipt = JsonOf(row.NullableText(22)),
    };
}
