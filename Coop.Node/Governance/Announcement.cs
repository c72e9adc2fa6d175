namespace Coop.Node.Governance;

/// <summary>What the co-op's administrators and secretaries tell its members; never changed once published.</summary>
public sealed record Announcement(
    Guid Id, string Title, string Body, Guid AuthorId, DateTimeOffset PublishedAt);
