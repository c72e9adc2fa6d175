namespace Coop.Federation.Tests.Simulation;

/// <summary>
/// Runs everything of a simulation on one thread and on a clock of its own. Of the tasks that are ready the
/// random source picks the next; when none is, the clock jumps to whatever is due next.
/// </summary>
internal sealed class SimScheduler(Random random, DateTimeOffset start) : TaskScheduler
{
    private readonly List<Task> _ready = [];
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _later = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>Tasks run so far; with the clock it says where a run is.</summary>
    public long Steps { get; private set; }

    public void After(TimeSpan delay, Action action) => _later.Enqueue(action, (Now + delay, _order++));

    public Task DelayAsync(TimeSpan delay)
    {
        var due = new TaskCompletionSource();
        After(delay, due.SetResult);
        return due.Task;
    }

    /// <summary>Starts a program whose every continuation runs here.</summary>
    public void Start(Func<Task> program, Action<Exception> failed) => _ = Task.Factory.StartNew(
        async () =>
        {
            try
            {
                await program();
            }
#pragma warning disable CA1031 // Whatever ends a program must be seen by the test.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failed(e);
            }
        },
        CancellationToken.None,
        TaskCreationOptions.None,
        this);

    /// <summary>Goes on until the clock shows that time, nothing is left to do, or it is enough.</summary>
    public void Run(DateTimeOffset end, Func<bool> isEnough)
    {
        while (!isEnough())
        {
            if (_ready.Count > 0)
            {
                RunOne();
            }
            else if (_later.TryPeek(out _, out var due) && due.At <= end)
            {
                Now = due.At;
                Task.Factory.StartNew(_later.Dequeue(), CancellationToken.None, TaskCreationOptions.None, this);
            }
            else
            {
                Now = end;
                return;
            }
        }
    }

    protected override void QueueTask(Task task)
    {
        lock (_ready)
        {
            _ready.Add(task);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;

    private void RunOne()
    {
        Task task;
        lock (_ready)
        {
            var index = random.Next(_ready.Count);
            task = _ready[index];
            _ready.RemoveAt(index);
        }

        Steps++;
        TryExecuteTask(task);
    }
}
