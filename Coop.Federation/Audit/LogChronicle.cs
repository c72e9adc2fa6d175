using Coop.Federation.Audit.Between;

namespace Coop.Federation.Audit;

/// <summary>
/// What a log tells of, gathered while it is audited: when how much happened, and the entries that concern
/// another co-op. Memory does not grow with the log but for about 150 bytes for each of the latter.
/// </summary>
public sealed class LogChronicle
{
    private readonly List<CrossEntry> _cross = [];

    /// <summary>Entries over time.</summary>
    public Timeline Timeline { get; } = new();

    /// <summary>The entries that concern another co-op, in their order.</summary>
    public IReadOnlyList<CrossEntry> Cross => _cross;

    internal void Add(BundleChronicle bundle)
    {
        foreach (var (time, family) in bundle.Events)
        {
            Timeline.Add(time, family);
        }

        _cross.AddRange(bundle.Cross);
    }
}
