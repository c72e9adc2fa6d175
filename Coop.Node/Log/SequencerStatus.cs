namespace Coop.Node.Log;

/// <summary>What the sequencer of this process does, for health and for people. Thread-safe.</summary>
public sealed class SequencerStatus
{
    private volatile State _now = new(Role.Starting, null);

    public enum Role
    {
        /// <summary>Between start or trouble and the next look at the lease.</summary>
        Starting,

        /// <summary>Another replica leads.</summary>
        Following,

        /// <summary>This process extends the log.</summary>
        Leading,

        /// <summary>The database fails; it is tried again.</summary>
        Troubled,

        /// <summary>A fatal fault of the log: nothing is signed until a person has acted.</summary>
        Halted,
    }

    public State Now => _now;

    public void Set(Role role, string? reason = null) => _now = new State(role, reason);

    public sealed record State(Role Role, string? Reason);
}
