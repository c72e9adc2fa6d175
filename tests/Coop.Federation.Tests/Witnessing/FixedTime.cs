namespace Coop.Federation.Tests.Witnessing;

/// <summary>A clock that a test sets; its timers are the machine's.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
