namespace Coop.Federation.Tests.Simulation;

/// <summary>The simulation's time for the engines; timers fire once, which is all that they ask for.</summary>
internal sealed class SimClock(SimScheduler scheduler) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => scheduler.Now;

    public override long GetTimestamp() => scheduler.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(scheduler, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SimScheduler scheduler, TimerCallback callback, object? state) : ITimer
    {
        private int _turn;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var turn = ++_turn;
            if (dueTime >= TimeSpan.Zero)
            {
                scheduler.After(dueTime, () =>
                {
                    if (turn == _turn)
                    {
                        callback(state);
                    }
                });
            }

            return true;
        }

        public void Dispose() => _turn++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
