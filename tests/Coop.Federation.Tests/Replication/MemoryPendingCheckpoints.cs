using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;

namespace Coop.Federation.Tests.Replication;

/// <summary>What waits for a copy to grow, in memory.</summary>
internal sealed class MemoryPendingCheckpoints : IPendingCheckpoints
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Origin, string Text), SignedNote> _notes = [];

    public Task<IReadOnlyList<SignedNote>> ListAsync(string origin, CancellationToken ct)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<SignedNote>>(
                [.. _notes.Where(n => n.Key.Origin == origin).Select(n => n.Value).OrderBy(n => Checkpoint.Parse(n.Text).Size)]);
        }
    }

    public Task AddAsync(string origin, SignedNote note, CancellationToken ct)
    {
        lock (_lock)
        {
            _notes[(origin, note.Text)] = note;
        }

        return Task.CompletedTask;
    }

    public Task RemoveAsync(string origin, SignedNote note, CancellationToken ct)
    {
        lock (_lock)
        {
            _notes.Remove((origin, note.Text));
        }

        return Task.CompletedTask;
    }
}
