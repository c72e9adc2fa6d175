using System.Diagnostics;

namespace Coop.Node.Database;

/// <summary>
/// Lets small writes that arrive together share one transaction: what arrives while a group is being
/// written makes up the next one. Alone, a write is a group of one and waits for nobody. Thread-safe.
/// </summary>
/// <param name="write">
/// Writes a group, all or nothing, and answers each item in order. Failing, it fails them all.
/// </param>
/// <param name="key">
/// What an item writes: of one key a group holds one item, later ones wait for later groups in order.
/// </param>
/// <param name="maxGroupSize">The most items that share a transaction, by their weight; one alone may weigh more.</param>
/// <param name="weight">How many items one counts for; 1 where it is left out.</param>
public sealed class GroupCommit<TItem, TKey, TResult>(
    Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> write,
    Func<TItem, TKey> key,
    int maxGroupSize,
    Func<TItem, int>? weight = null)
    where TKey : notnull
{
    private const int GatherPart = 4;
    private static readonly TimeSpan MinGather = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MaxGather = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private List<Waiting> _waiting = [];
    private bool _isWriting;
    private TaskCompletionSource? _gathered;
    private int _awaited;

    /// <summary>Completes when the item is durable, or refused, or the write of its group failed.</summary>
    public Task<TResult> SubmitAsync(TItem item)
    {
        var waiting = new Waiting(item);
        lock (_gate)
        {
            _waiting.Add(waiting);
            if (_isWriting)
            {
                if (_waiting.Count >= _awaited)
                {
                    _gathered?.TrySetResult();
                }

                return waiting.Result.Task;
            }

            _isWriting = true;
        }

        // Whoever comes first starts the writing, and is answered like all others.
        _ = Task.Run(WriteGroupsAsync);
        return waiting.Result.Task;
    }

    private async Task WriteGroupsAsync()
    {
        while (TakeGroup() is { Count: > 0 } group)
        {
            var started = Stopwatch.GetTimestamp();
            await WriteGroupAsync(group);
            await GatherAsync(group.Count, Stopwatch.GetElapsedTime(started));
        }
    }

    /// <summary>
    /// Who was just answered often asks again at once. Begun with the first of them, every second group would
    /// be a group of one; so it waits for as many as before, for a small part of the time that a group takes.
    /// </summary>
    private async Task GatherAsync(int previous, TimeSpan took)
    {
        var patience = TimeSpan.FromTicks(Math.Min(took.Ticks / GatherPart, MaxGather.Ticks));
        if (previous == 1 || patience < MinGather)
        {
            return;
        }

        TaskCompletionSource gathered;
        lock (_gate)
        {
            if (_waiting.Count >= previous)
            {
                return;
            }

            _gathered = gathered = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited = previous;
        }

        await Task.WhenAny(gathered.Task, Task.Delay(patience));
    }

    private async Task WriteGroupAsync(List<Waiting> group)
    {
        try
        {
            var results = await write([.. group.Select(w => w.Item)]);
            for (var i = 0; i < group.Count; i++)
            {
                group[i].Result.SetResult(results[i]);
            }
        }
        catch (Exception e)
        {
            foreach (var waiting in group)
            {
                waiting.Result.TrySetException(e);
            }
        }
    }

    private List<Waiting> TakeGroup()
    {
        lock (_gate)
        {
            var group = new List<Waiting>();
            var later = new List<Waiting>();
            var keys = new HashSet<TKey>();
            var total = 0;
            foreach (var waiting in _waiting)
            {
                var more = total + (weight?.Invoke(waiting.Item) ?? 1);
                // An item whose key is taken stays, and so do all after it of that key.
                var fits = (group.Count == 0 || more <= maxGroupSize) && keys.Add(key(waiting.Item));
                (fits ? group : later).Add(waiting);
                total = fits ? more : total;
            }

            _waiting = later;
            _isWriting = group.Count > 0;
            return group;
        }
    }

    private sealed class Waiting(TItem item)
    {
        public TItem Item { get; } = item;

        // Answering runs the requests' continuations elsewhere, not in the middle of the next group.
        public TaskCompletionSource<TResult> Result { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
