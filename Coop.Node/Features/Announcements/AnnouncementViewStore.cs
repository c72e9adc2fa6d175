using Npgsql;

namespace Coop.Node.Features.Announcements;

/// <summary>Announcements as a member sees them, newest first.</summary>
public static class AnnouncementViewStore
{
    private const string SelectPage = """
        SELECT a.id, a.title, a.body, a.author_id, author.name, a.published_at, r.read_at
        FROM announcements a
        JOIN members author ON author.id = a.author_id
        LEFT JOIN announcement_reads r ON r.announcement_id = a.id AND r.member_id = $1
        WHERE a.id < $2
        ORDER BY a.id DESC LIMIT $3
        """;

    private const string CountUnread = """
        SELECT count(*) FROM announcements a
        WHERE NOT EXISTS (
          SELECT 1 FROM announcement_reads r WHERE r.announcement_id = a.id AND r.member_id = $1)
        """;

    public static async Task<IReadOnlyList<AnnouncementView>> ListAsync(
        NpgsqlConnection connection, Guid memberId, Guid? afterId, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectPage, connection)
        {
            Parameters =
            {
                new() { Value = memberId },
                new() { Value = afterId ?? Guid.AllBitsSet },
                new() { Value = (long)limit },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var views = new List<AnnouncementView>();
        while (await reader.ReadAsync(ct))
        {
            views.Add(new AnnouncementView(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetString(2),
                new AnnouncementView.Writer(reader.GetGuid(3), reader.GetString(4)),
                reader.GetFieldValue<DateTimeOffset>(5),
                await reader.IsDBNullAsync(6, ct)
                    ? null
                    : reader.GetFieldValue<DateTimeOffset>(6)));
        }

        return views;
    }

    /// <summary>How many of all announcements the member has not read.</summary>
    public static async Task<long> CountUnreadAsync(
        NpgsqlConnection connection, Guid memberId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(CountUnread, connection)
        {
            Parameters = { new() { Value = memberId } },
        };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
