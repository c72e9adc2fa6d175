namespace Coop.Node.Federation;

/// <summary>A peer that refused what it was asked for.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="problemType">The problem's type URI; null where it is no problem document.</param>
/// <param name="detail">The peer's words, which nobody has checked; at most 300 characters.</param>
public sealed class PeerException(int status, string? problemType, string? detail)
    : IOException($"The peer answered {status}{(problemType is null ? "" : $" ({problemType})")}.")
{
    public int Status { get; } = status;

    public string? ProblemType { get; } = problemType;

    public string? Detail { get; } = detail;


    /// <summary>Whether the problem has this code.</summary>
    public bool Is(Http.ProblemType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return ProblemType == type.Uri;
    }
}
