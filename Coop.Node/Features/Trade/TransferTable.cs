using System.Text.Json;
using Coop.Federation.Trade;
using Coop.Node.Database;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Node.Features.Trade;

/// <summary>A transfer as it is kept, with its times.</summary>
internal sealed record TransferRow(Transfer Transfer, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

/// <summary>The transfers with all peers.</summary>
internal static class TransferTable
{
    private const string Columns = """
        SELECT peer_did, id, role, state, kind, unit, amount_minor, payer, payee, memo, valid_until, request, reason,
          created_at, changed_at, netting_id, our_word, their_word
        FROM trade_transfers
        """;

    private const string Upsert = """
        INSERT INTO trade_transfers
          (peer_did, id, role, state, is_final, kind, unit, amount_minor, payer, payee, memo, valid_until, request, reason,
           netting_id, our_word, their_word, created_at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18)
        ON CONFLICT (peer_did, id) DO UPDATE
        SET state = excluded.state, is_final = excluded.is_final, reason = excluded.reason,
          our_word = excluded.our_word, their_word = excluded.their_word, changed_at = excluded.changed_at
        """;

    private const string SelectOne = Columns + " WHERE peer_did = $1 AND id = $2";

    internal const string SelectById = Columns + " WHERE id = $1";

    internal const string SelectByRequest = Columns + " WHERE request = $1 AND role = 'payer'";

    internal const string SelectOpen = Columns + " WHERE peer_did = $1 AND NOT is_final ORDER BY id";

    private const string SelectAllOpen = Columns + " WHERE NOT is_final ORDER BY id LIMIT $1";

    private const string SelectPage = Columns + " WHERE id < $1 ORDER BY id DESC LIMIT $2";

    // Of a member: on accounts of theirs, whichever side they are on.
    private const string SelectPageOfMember = Columns + """
         WHERE id < $1 AND (
          (role = 'payer' AND payer IN (SELECT a.id FROM ledger_accounts a WHERE a.owner_id = $3))
          OR (role = 'payee' AND payee IN (SELECT a.id FROM ledger_accounts a WHERE a.owner_id = $3)))
        ORDER BY id DESC LIMIT $2
        """;

    private static readonly Guid Last = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    public static async Task<Transfer?> FindAsync(NpgsqlConnection connection, string peerDid, Guid id, CancellationToken ct) =>
        (await connection.Command(SelectOne, peerDid, id).SingleAsync(Read, ct))?.Transfer;

    public static Task<List<TransferRow>> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectById, id).ListAsync(Read, ct);

    public static Task<TransferRow?> FindByRequestAsync(NpgsqlConnection connection, string request, CancellationToken ct) =>
        connection.Command(SelectByRequest, request).SingleAsync(Read, ct);

    public static async Task<List<Transfer>> ListOpenAsync(NpgsqlConnection connection, string peerDid, CancellationToken ct) =>
        (await connection.Command(SelectOpen, peerDid).ListAsync(Read, ct)).ConvertAll(r => r.Transfer);

    public static Task<List<TransferRow>> ListAllOpenAsync(NpgsqlConnection connection, int limit, CancellationToken ct) =>
        connection.Command(SelectAllOpen, (long)limit).ListAsync(Read, ct);

    /// <summary>Newest first; those of one member, or all.</summary>
    public static Task<List<TransferRow>> ListAsync(
        NpgsqlConnection connection, Guid? before, int limit, Guid? member, CancellationToken ct) =>
        (member is { } id
            ? connection.Command(SelectPageOfMember, before ?? Last, (long)limit, id)
            : connection.Command(SelectPage, before ?? Last, (long)limit)).ListAsync(Read, ct);

    public static Task SaveAsync(WriteScope scope, Transfer transfer, CancellationToken ct)
    {
        var offer = transfer.Offer;
        var command = scope.Connection.Command(
            Upsert, transfer.PeerDid, transfer.Id, Name(transfer.Role), Name(transfer.State), transfer.IsFinal);
        Add(offer is null ? null : Name(offer.Kind), NpgsqlDbType.Text);
        Add(offer?.Unit, NpgsqlDbType.Text);
        Add(offer?.AmountMinor, NpgsqlDbType.Bigint);
        Add(offer?.Payer, NpgsqlDbType.Uuid);
        Add(offer?.Payee, NpgsqlDbType.Uuid);
        Add(offer?.Memo, NpgsqlDbType.Text);
        Add(offer?.ValidUntil, NpgsqlDbType.TimestampTz);
        Add(offer?.Request, NpgsqlDbType.Text);
        Add(transfer.Reason, NpgsqlDbType.Text);
        Add(offer?.NettingId, NpgsqlDbType.Uuid);
        Add(transfer.OurWord, NpgsqlDbType.Boolean);
        Add(transfer.TheirWord, NpgsqlDbType.Boolean);
        command.Parameters.Add(new() { Value = scope.Now });
        return command.RunAsync(ct);

        void Add(object? value, NpgsqlDbType type) =>
            command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }

    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static TransferRow Read(NpgsqlDataReader r) => new(
        new(
            r.GetGuid(1), r.GetString(0), Value<TradeRole>(r.GetString(2)), Value<TransferState>(r.GetString(3)),
            r.IsDBNull(5) ? null : new TradeOffer(
                Value<TradeKind>(r.GetString(4)), r.GetString(5), r.GetInt64(6), r.GetGuid(7), r.Nullable<Guid>(8),
                r.GetString(9), r.GetFieldValue<DateTimeOffset>(10), r.GetString(11))
            {
                NettingId = r.Nullable<Guid>(15),
            },
            r.IsDBNull(12) ? null : r.GetString(12))
        {
            OurWord = r.Nullable<bool>(16), TheirWord = r.Nullable<bool>(17),
        },
        r.GetFieldValue<DateTimeOffset>(13), r.GetFieldValue<DateTimeOffset>(14));

    public static T Value<T>(string name)
        where T : struct, Enum => Enum.GetValues<T>().Single(v => Name(v) == name);
}
