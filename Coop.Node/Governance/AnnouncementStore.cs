using Npgsql;

namespace Coop.Node.Governance;

/// <summary>Announcements and who has read them. Durable with the transaction's commit.</summary>
public static class AnnouncementStore
{
    private const string InsertAnnouncement = """
        INSERT INTO announcements (id, title, body, author_id, published_at)
        VALUES ($1, $2, $3, $4, $5)
        """;

    private const string InsertRead = """
        INSERT INTO announcement_reads (member_id, announcement_id, read_at)
        SELECT m.id, a.id, $3
        FROM announcements a CROSS JOIN members m
        WHERE a.id = $2 AND m.id = $1
        ON CONFLICT (member_id, announcement_id) DO NOTHING
        RETURNING read_at
        """;

    private const string SelectRead = """
        SELECT read_at FROM announcement_reads WHERE member_id = $1 AND announcement_id = $2
        """;

    public static async Task InsertAsync(
        NpgsqlTransaction transaction, Announcement announcement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(announcement);
        await using var command =
            new NpgsqlCommand(InsertAnnouncement, transaction.Connection, transaction)
            {
                Parameters =
                {
                    new() { Value = announcement.Id },
                    new() { Value = announcement.Title },
                    new() { Value = announcement.Body },
                    new() { Value = announcement.AuthorId },
                    new() { Value = announcement.PublishedAt },
                },
            };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Notes the first time that a member read an announcement. Null when they had read it before, or
    /// there is no such announcement or member; <see cref="FirstReadAsync"/> tells which.
    /// </summary>
    public static async Task<DateTimeOffset?> MarkReadAsync(
        NpgsqlTransaction transaction, Guid memberId, Guid announcementId, DateTimeOffset now,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = new NpgsqlCommand(InsertRead, transaction.Connection, transaction)
        {
            Parameters =
            {
                new() { Value = memberId },
                new() { Value = announcementId },
                new() { Value = now },
            },
        };
        return await command.ExecuteScalarAsync(ct) is DateTime readAt ? readAt : null;
    }

    /// <summary>When the member read it first; null when they have not.</summary>
    public static async Task<DateTimeOffset?> FirstReadAsync(
        NpgsqlTransaction transaction, Guid memberId, Guid announcementId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = new NpgsqlCommand(SelectRead, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = memberId }, new() { Value = announcementId } },
        };
        return await command.ExecuteScalarAsync(ct) is DateTime readAt ? readAt : null;
    }
}
