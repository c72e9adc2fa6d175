using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Accounts;

/// <summary>Members and their roles.</summary>
public static class MemberStore
{
    private const string SelectById = """
        SELECT m.id, m.name, m.pseudonym, m.joined_at,
          ARRAY(SELECT r.role FROM member_roles r WHERE r.member_id = m.id)
        FROM members m
        WHERE m.id = $1
        """;

    private const string SelectPage = """
        SELECT m.id, m.name, m.pseudonym, m.joined_at,
          ARRAY(SELECT r.role FROM member_roles r WHERE r.member_id = m.id)
        FROM members m
        WHERE m.id > $1
        ORDER BY m.id
        LIMIT $2
        """;

    private const string SelectHolders = "SELECT member_id FROM member_roles WHERE role = $1";

    private const string InsertMember = """
        INSERT INTO members (id, name, pseudonym, joined_at) VALUES ($1, $2, $3, $4)
        """;

    private const string InsertRole = """
        INSERT INTO member_roles (member_id, role, granted_at) VALUES ($1, $2, $3)
        """;

    private const string DeleteRole = """
        DELETE FROM member_roles WHERE member_id = $1 AND role = $2
        """;

    public static Task<Member?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectById, id).SingleAsync(Read, ct);

    /// <summary>Members in the order of their ids, which is that of their invitation ceremonies.</summary>
    public static Task<List<Member>> ListAsync(
        NpgsqlConnection connection, Guid? after, int limit, CancellationToken ct) =>
        connection.Command(SelectPage, after ?? Guid.Empty, (long)limit).ListAsync(Read, ct);

    /// <summary>The members who have a role.</summary>
    public static Task<List<Guid>> HoldersAsync(
        NpgsqlConnection connection, string role, CancellationToken ct) =>
        connection.Command(SelectHolders, role).ListAsync(r => r.GetGuid(0), ct);

    /// <summary>Writes a new member with all roles.</summary>
    public static async Task InsertAsync(NpgsqlTransaction transaction, Member member, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(member);
        var connection = transaction.Connection!;
        await connection
            .Command(InsertMember, member.Id, member.Name, member.Pseudonym, member.JoinedAt)
            .RunAsync(ct);
        foreach (var role in member.Roles)
        {
            await GrantAsync(transaction, member.Id, role, member.JoinedAt, ct);
        }
    }

    public static Task GrantAsync(
        NpgsqlTransaction transaction, Guid id, string role, DateTimeOffset at, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.Connection!.Command(InsertRole, id, role, at).RunAsync(ct);
    }

    public static Task RevokeAsync(
        NpgsqlTransaction transaction, Guid id, string role, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.Connection!.Command(DeleteRole, id, role).RunAsync(ct);
    }

    private static Member Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        row.GetFieldValue<DateTimeOffset>(3),
        [.. row.GetFieldValue<string[]>(4).Order(StringComparer.Ordinal)]);
}
