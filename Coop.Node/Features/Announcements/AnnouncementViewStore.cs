using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Announcements;

/// <summary>Announcements as a member sees them, newest first.</summary>
public static class AnnouncementViewStore
{
    internal const string SelectPage = """
        SELECT a.id, a.title, a.body, a.author_id, author.name, a.published_at, r.read_at
        FROM announcements a
        JOIN members author ON author.id = a.author_id
        LEFT JOIN announcement_reads r ON r.announcement_id = a.id AND r.member_id = $1
        WHERE a.id < $2
        ORDER BY a.id DESC LIMIT $3
        """;

    internal const string CountUnread = """
        SELECT count(*) FROM announcements a
        WHERE NOT EXISTS (
          SELECT 1 FROM announcement_reads r WHERE r.announcement_id = a.id AND r.member_id = $1)
        """;

    public static Task<List<AnnouncementView>> ListAsync(
        NpgsqlConnection connection, Guid memberId, Guid? afterId, int limit, CancellationToken ct) =>
        connection
            .Command(SelectPage, memberId, afterId ?? Guid.AllBitsSet, (long)limit)
            .ListAsync(
                row => new AnnouncementView(
                    row.GetGuid(0),
                    row.GetString(1),
                    row.GetString(2),
                    new AnnouncementView.Writer(row.GetGuid(3), row.GetString(4)),
                    row.GetFieldValue<DateTimeOffset>(5),
                    row.Nullable<DateTimeOffset>(6)),
                ct);

    /// <summary>How many of all announcements the member has not read.</summary>
    public static async Task<long> CountUnreadAsync(
        NpgsqlConnection connection, Guid memberId, CancellationToken ct) =>
        (await connection.Command(CountUnread, memberId).ListAsync(row => row.GetInt64(0), ct))[0];
}
