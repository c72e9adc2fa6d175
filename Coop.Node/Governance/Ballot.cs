namespace Coop.Node.Governance;

/// <summary>One member's vote, as it stands.</summary>
/// <param name="Choice">What they said last.</param>
/// <param name="CastAt">When they said it, in whole microseconds.</param>
/// <param name="EventId">The event that recorded it.</param>
public sealed record Ballot(Choice Choice, DateTimeOffset CastAt, Guid EventId);
