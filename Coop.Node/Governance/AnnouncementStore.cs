using Coop.Node.Database;
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
        SELECT $1, a.id, $3 FROM announcements a WHERE a.id = $2
        ON CONFLICT (member_id, announcement_id) DO NOTHING
        RETURNING read_at
        """;

    internal const string SelectRead = """
        SELECT read_at FROM announcement_reads WHERE member_id = $1 AND announcement_id = $2
        """;

    public static Task InsertAsync(
        NpgsqlTransaction transaction, Announcement announcement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(announcement);
        var (id, title, body, author, publishedAt) = announcement;
        return transaction.Connection!
            .Command(InsertAnnouncement, id, title, body, author, publishedAt)
            .RunAsync(ct);
    }

    /// <summary>
    /// Notes the first time that a member read an announcement. Null when they had read it before, or
    /// there is no such announcement; <see cref="FirstReadAsync"/> tells which.
    /// </summary>
    public static Task<DateTimeOffset?> MarkReadAsync(
        NpgsqlTransaction transaction, Guid memberId, Guid announcementId, DateTimeOffset now,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return ReadTimeAsync(
            transaction.Connection!.Command(InsertRead, memberId, announcementId, now), ct);
    }

    /// <summary>When the member read it first; null when they have not.</summary>
    public static Task<DateTimeOffset?> FirstReadAsync(
        NpgsqlTransaction transaction, Guid memberId, Guid announcementId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return ReadTimeAsync(
            transaction.Connection!.Command(SelectRead, memberId, announcementId), ct);
    }

    private static async Task<DateTimeOffset?> ReadTimeAsync(
        NpgsqlCommand command, CancellationToken ct)
    {
        var times = await command.ListAsync(row => row.GetFieldValue<DateTimeOffset>(0), ct);
        return times is [var readAt] ? readAt : null;
    }
}
