namespace Coop.Federation.Log;

/// <summary>Who may fetch an event's payload. The entry itself is readable by anyone who can read the log.</summary>
public enum Visibility
{
    /// <summary>The actor alone, and roles that read all. Ballots are of this kind.</summary>
    Private,

    /// <summary>Every member of the co-op.</summary>
    Members,

    /// <summary>Anyone.</summary>
    Public,
}
