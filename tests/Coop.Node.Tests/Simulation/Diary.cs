using System.Collections.Concurrent;
using Coop.Node.Http;
using Coop.Node.Tests.Governance;

namespace Coop.Node.Tests.Simulation;

/// <summary>What the members were told: each action, and how it was answered. Thread-safe.</summary>
internal sealed class Diary
{
    private readonly ConcurrentDictionary<Guid, Deed> _acknowledged = new();
    private readonly ConcurrentBag<Deed> _unknown = [];
    private int _refused;

    /// <summary>What somebody tried; the subject is null where only an answer would tell it.</summary>
    internal sealed record Deed(string Type, string Actor, string? Subject);

    public IReadOnlyDictionary<Guid, Deed> Acknowledged => _acknowledged;

    /// <summary>What may or may not have happened.</summary>
    public IReadOnlyCollection<Deed> Unknown => _unknown;

    public int Refused => _refused;

    public void Note(Deed deed, Guid? eventId, string? problem)
    {
        if (problem is null)
        {
            // The same again, as idempotent answers are, must be the same deed.
            if (eventId is { } id)
            {
                Assert.Equal(deed, _acknowledged.GetOrAdd(id, deed));
            }
        }
        else if (problem == ProblemTypes.OutcomeUnknown.Code)
        {
            _unknown.Add(deed);
        }
        else
        {
            Assert.NotEqual(ProblemTypes.Internal.Code, problem);
            Interlocked.Increment(ref _refused);
        }
    }

    /// <summary>
    /// Every acknowledged event is in the log once and says what was done; whatever else is there, by
    /// these members and of these types, is one whose outcome they were not told.
    /// </summary>
    public void Check(IReadOnlyList<TrailEvent> log, IReadOnlySet<string> types)
    {
        var entries = log.ToDictionary(e => e.Id);
        foreach (var (id, deed) in _acknowledged)
        {
            Assert.True(entries.TryGetValue(id, out var e), $"Lost: {deed} {id}.");
            Assert.Equal(deed, new Deed(e.Type, e.Actor, e.Subject));
        }

        var unexplained = _unknown.ToList();
        foreach (var e in log.Where(e => types.Contains(e.Type) && !_acknowledged.ContainsKey(e.Id)))
        {
            var explained = unexplained.FindIndex(d => d.Type == e.Type && d.Actor == e.Actor
                && (d.Subject is null || d.Subject == e.Subject));
            Assert.True(explained >= 0, $"Nobody was told of {e.Type} {e.Subject} by {e.Actor}.");
            unexplained.RemoveAt(explained);
        }
    }
}
