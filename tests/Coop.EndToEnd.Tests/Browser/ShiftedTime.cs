namespace Coop.EndToEnd.Tests.Browser;

/// <summary>The system's clock, set ahead: timers run as ever, while a week may pass at once.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long _aheadTicks;

    public void Advance(TimeSpan time) => Interlocked.Add(ref _aheadTicks, time.Ticks);

    public override DateTimeOffset GetUtcNow() =>
        base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _aheadTicks));
}
