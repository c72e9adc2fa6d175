using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Wallet;

/// <summary>Where members showed their credentials.</summary>
internal static class SentPresentationStore
{
    private const char Separator = '\n';

    private const string SelectOfMember = """
        SELECT id, verifier, verifier_name, address, disclosed, presented_at, accepted
        FROM member_presentations
        WHERE member_id = $1
        ORDER BY id DESC
        LIMIT $2
        """;

    private const string InsertPresentation = """
        INSERT INTO member_presentations
          (id, member_id, verifier, verifier_name, address, disclosed, presented_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string UpdateAccepted = """
        UPDATE member_presentations SET accepted = $2 WHERE id = $1
        """;

    public static Task<List<SentPresentation>> ListAsync(
        NpgsqlConnection connection, Guid memberId, int limit, CancellationToken ct) =>
        connection.Command(SelectOfMember, memberId, (long)limit).ListAsync(Read, ct);

    public static Task InsertAsync(
        NpgsqlTransaction transaction, Guid memberId, SentPresentation sent, CancellationToken ct) =>
        transaction.Connection!.Command(
            InsertPresentation, sent.Id, memberId, sent.Verifier, sent.Name, sent.Address,
            string.Join(Separator, sent.Disclosed), sent.PresentedAt).RunAsync(ct);

    public static Task<int> AnswerAsync(
        NpgsqlTransaction transaction, Guid id, bool accepted, CancellationToken ct) =>
        transaction.Connection!.Command(UpdateAccepted, id, accepted).RunAsync(ct);

    private static SentPresentation Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4).Split(Separator, StringSplitOptions.RemoveEmptyEntries),
        row.GetFieldValue<DateTimeOffset>(5),
        row.Nullable<bool>(6));
}
