using System.Text;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Witnessing;

/// <summary>
/// Which witnesses must have cosigned a checkpoint before it is believed: C2SP tlog-policy. Immutable.
/// </summary>
/// <remarks>
/// Names are opaque octets; here each is a string with one character (U+0000 to U+00FF) for an octet. Keys of
/// types other than 0x01 for logs and 0x04 for witnesses are refused. Up to <see cref="MaxItems"/> logs,
/// witnesses and groups, and <see cref="MaxSizeBytes"/>.
/// </remarks>
public sealed class WitnessPolicy
{
    public const int MaxSizeBytes = 64 * 1024;

    /// <summary>The most logs, the most witnesses, and the most groups. A note has no more signatures.</summary>
    public const int MaxItems = SignedNote.MaxSignatures;

    /// <summary>The quorum that asks for no cosignature.</summary>
    public const string None = "none";

    internal WitnessPolicy(
        IReadOnlyList<PolicyLog> logs,
        IReadOnlyList<PolicyWitness> witnesses,
        IReadOnlyList<PolicyGroup> groups,
        string quorum) => (Logs, Witnesses, Groups, Quorum) = (logs, witnesses, groups, quorum);

    /// <summary>The logs; with none, the log is known from elsewhere.</summary>
    public IReadOnlyList<PolicyLog> Logs { get; }

    public IReadOnlyList<PolicyWitness> Witnesses { get; }

    public IReadOnlyList<PolicyGroup> Groups { get; }

    /// <summary>The name of a witness or a group, or <see cref="None"/>.</summary>
    public string Quorum { get; }

    /// <summary>The fewest cosignatures with which the quorum can be met; 0 where it asks for none.</summary>
    public int LeastCosignatures => Least(Quorum);

    /// <summary>A policy by which at least <paramref name="threshold"/> of the witnesses must have cosigned.</summary>
    /// <param name="log">The log.</param>
    /// <param name="witnesses">Their names must differ.</param>
    /// <param name="threshold">0 asks for none; at most the number of witnesses.</param>
    /// <exception cref="PolicyException">It would not be a policy.</exception>
    public static WitnessPolicy Threshold(PolicyLog log, IReadOnlyList<PolicyWitness> witnesses, int threshold)
    {
        ArgumentNullException.ThrowIfNull(witnesses);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, witnesses.Count);
        var groups = threshold == 0
            ? Array.Empty<PolicyGroup>()
            : [new PolicyGroup("witnesses", threshold, [.. witnesses.Select(w => w.Name)])];
        var policy = new WitnessPolicy([log], witnesses, groups, threshold == 0 ? None : groups[0].Name);
        return Parse(policy.ToString());
    }

    /// <param name="text">UTF-8, with a newline at the end of each line.</param>
    /// <exception cref="PolicyException">It is not a policy.</exception>
    public static WitnessPolicy Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <exception cref="PolicyException">The octets are not a policy.</exception>
    public static WitnessPolicy Parse(ReadOnlySpan<byte> octets) => PolicyReader.Read(octets);

    /// <summary>
    /// Whether the checkpoint is signed by one of the logs, where there are any, and cosigned by the quorum.
    /// </summary>
    public bool IsMet(SignedNote note) => IsOfLog(note) && Holds(Quorum, CosignerNames(note));

    /// <summary>The witnesses whose cosignatures on the note verify, in the policy's order.</summary>
    public IReadOnlyList<PolicyCosigner> CosignersOf(SignedNote note) =>
    [
        .. from witness in Witnesses
           let seconds = Cosignature.Time(note, witness.Key)
           where seconds is not null
           select new PolicyCosigner(witness, Time(seconds.Value)),
    ];

    /// <summary>How many of the policy's witnesses cosigned the note.</summary>
    public int CountOf(SignedNote note) => CosignersOf(note).Count;

    /// <summary>The policy as text, in the order logs, witnesses, groups, quorum.</summary>
    public override string ToString() => PolicyWriter.Write(this);

    private bool IsOfLog(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var origin = note.Text[..Math.Max(0, note.Text.IndexOf('\n', StringComparison.Ordinal))];
        return Logs.Count == 0 || Logs.Any(l => l.Key.Name == origin && note.IsSignedBy(l.Key));
    }

    private HashSet<string> CosignerNames(SignedNote note) => [.. CosignersOf(note).Select(c => c.Witness.Name)];

    // A group stands behind its members, and each name is a member once: this ends, and counts nobody twice.
    private bool Holds(string name, HashSet<string> cosigners) =>
        name == None
        || cosigners.Contains(name)
        || (Groups.FirstOrDefault(g => g.Name == name) is { } group
            && group.Members.Count(m => Holds(m, cosigners)) >= group.Threshold);

    private int Least(string name) =>
        name == None ? 0
        : Groups.FirstOrDefault(g => g.Name == name) is not { } group ? 1
        : group.Members.Select(Least).Order().Take(group.Threshold).Sum();

    // A witness may write any second up to 2^63 - 1; what no calendar holds is the last that one does.
    private static DateTimeOffset Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(
        Math.Min(seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
}
