using Coop.Node.Database;
using Coop.Node.Http;
using Npgsql;

namespace Coop.Node.Features.Dids;

/// <summary>Members' DIDs, linked and unlinked. A DID belongs to one member at a time.</summary>
public static class MemberDidStore
{
    private const string OneMemberIndex = "member_dids_one_member";

    private const string SelectLinkedOfMember = """
        SELECT id, member_id, did, kind, name, linked_at, unlinked_at
        FROM member_dids
        WHERE member_id = $1 AND unlinked_at IS NULL
        ORDER BY linked_at, id
        """;

    private const string SelectLinkedByDid = """
        SELECT id, member_id, did, kind, name, linked_at, unlinked_at
        FROM member_dids
        WHERE did = $1 AND unlinked_at IS NULL
        """;

    private const string InsertDid = """
        INSERT INTO member_dids (id, member_id, did, kind, name, linked_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private const string UpdateUnlinked = """
        UPDATE member_dids
        SET unlinked_at = $2, replaced_by = $3
        WHERE id = $1 AND unlinked_at IS NULL
        """;

    /// <summary>The DIDs that stand for a member now, oldest first.</summary>
    public static Task<List<MemberDid>> ListLinkedAsync(
        NpgsqlConnection connection, Guid memberId, CancellationToken ct) =>
        connection.Command(SelectLinkedOfMember, memberId).ListAsync(Read, ct);

    /// <summary>Whose DID it is now; null when nobody's.</summary>
    public static Task<MemberDid?> FindLinkedAsync(
        NpgsqlConnection connection, string did, CancellationToken ct) =>
        connection.Command(SelectLinkedByDid, did).SingleAsync(Read, ct);

    /// <exception cref="RefusalException">It was linked to somebody in the same moment.</exception>
    public static async Task InsertAsync(NpgsqlTransaction transaction, MemberDid did, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(did);
        try
        {
            await transaction.Connection!
                .Command(InsertDid, did.Id, did.MemberId, did.Did, NameOf(did.Kind), did.Name, did.LinkedAt)
                .RunAsync(ct);
        }
        catch (PostgresException e) when (SqlStates.IsUniqueViolation(e, OneMemberIndex))
        {
            throw LinkDid.Taken();
        }
    }

    /// <summary>Ends a link. False when it had ended before.</summary>
    public static async Task<bool> UnlinkAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset at, Guid? replacedBy, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return await transaction.Connection!.Command(UpdateUnlinked, id, at, replacedBy).RunAsync(ct) == 1;
    }

    private static string NameOf(DidKind kind) =>
        StrictEnumConverter.NamesOf(typeof(DidKind)).ElementAt((int)kind);

    private static DidKind KindOf(string name) =>
        (DidKind)StrictEnumConverter.NamesOf(typeof(DidKind)).ToList().IndexOf(name);

    private static MemberDid Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.GetString(2),
        KindOf(row.GetString(3)),
        row.NullableText(4),
        row.GetFieldValue<DateTimeOffset>(5),
        row.Nullable<DateTimeOffset>(6));
}
