using System.Collections.Concurrent;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;

namespace Coop.Federation.Tests.Witnessing;

/// <summary>A witness's memory for one log, with a place where a test may step in between.</summary>
internal sealed class MemoryWitnessStore(params NoteKey[] keys) : IWitnessStore
{
    private readonly ConcurrentDictionary<string, LogState> _latest = [];

    /// <summary>Runs before a checkpoint is recorded.</summary>
    public Func<Task> BeforeAdvance { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs when it is recorded, before the witness hears of it.</summary>
    public Func<Task> AfterAdvance { get; set; } = () => Task.CompletedTask;

    public SignedNote? Note { get; private set; }

    public Task<IReadOnlyList<NoteKey>> FindKeysAsync(string origin, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<NoteKey>>([.. keys.Where(k => k.Name == origin)]);

    public Task<LogState?> FindLatestAsync(string origin, CancellationToken ct) =>
        Task.FromResult(_latest.GetValueOrDefault(origin));

    public async Task<bool> TryAdvanceAsync(string origin, LogState? from, LogState to, SignedNote note, CancellationToken ct)
    {
        await BeforeAdvance();
        var isDone = from is null ? _latest.TryAdd(origin, to) : _latest.TryUpdate(origin, to, from);
        if (isDone)
        {
            Note = note;
            await AfterAdvance();
        }

        return isDone;
    }
}
