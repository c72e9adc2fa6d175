namespace Coop.Node.Features.Announcements;

/// <summary>An announcement as a member sees it.</summary>
/// <param name="Id">The announcement's id.</param>
/// <param name="Title">1 to 200 characters, one line.</param>
/// <param name="Body">0 to 20,000 characters.</param>
/// <param name="Author">Who published it.</param>
/// <param name="PublishedAt">When.</param>
/// <param name="ReadAt">When the asking member read it first; null while they have not.</param>
public sealed record AnnouncementView(
    Guid Id,
    string Title,
    string Body,
    AnnouncementView.Writer Author,
    DateTimeOffset PublishedAt,
    DateTimeOffset? ReadAt)
{
    /// <param name="Id">The member's id.</param>
    /// <param name="Name">The member's name.</param>
    public sealed record Writer(Guid Id, string Name);
}
