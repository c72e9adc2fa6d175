namespace Coop.Federation.Log;

/// <summary>An event in the intake, as the sequencer reads it: committed, not yet in the log.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="Type">The event type.</param>
/// <param name="Actor">Who acted.</param>
/// <param name="Time">When, by the acting replica's clock.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="PayloadHash">32 bytes.</param>
/// <param name="Visibility">Who may see its payload.</param>
public sealed record IntakeRow(
    Guid Id,
    string Type,
    string Actor,
    string Subject,
    DateTimeOffset Time,
    byte[] PayloadHash,
    Visibility Visibility);
