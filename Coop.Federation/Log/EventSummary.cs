namespace Coop.Federation.Log;

/// <summary>An event as a list shows it, in the log or on its way there.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="Seq">Its position in the log; null while it waits for one.</param>
/// <param name="Type">The event type.</param>
/// <param name="Actor">Who acted.</param>
/// <param name="Time">When, by the acting replica's clock.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Visibility">Who may see its payload.</param>
public sealed record EventSummary(
    Guid Id,
    long? Seq,
    string Type,
    string Actor,
    DateTimeOffset Time,
    string Subject,
    Visibility Visibility)
{
    /// <exception cref="LogFaultException">The stored bytes are not an entry.</exception>
    public static EventSummary Of(StoredEntry stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return LogEntry.TryParse(stored.Entry, out var e)
            ? new(e!.Id, stored.Seq, e.Type, e.Actor, e.Time, e.Subject, e.Visibility)
            : throw new LogFaultException($"Entry {stored.Seq} is damaged.");
    }

    public static EventSummary Of(IntakeRow waiting)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        return new(
            waiting.Id, null, waiting.Type, waiting.Actor, waiting.Time, waiting.Subject, waiting.Visibility);
    }
}
