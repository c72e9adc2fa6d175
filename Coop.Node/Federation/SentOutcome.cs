namespace Coop.Node.Federation;

/// <summary>How a request to a peer ended.</summary>
public enum SentOutcome
{
    /// <summary>With an answer that is no refusal.</summary>
    Answered,

    /// <summary>The peer refused it.</summary>
    Refused,

    /// <summary>No whole answer came, or none that is allowed.</summary>
    Unreachable,
}
