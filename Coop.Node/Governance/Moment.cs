namespace Coop.Node.Governance;

/// <summary>Times as both databases keep them, so that all who compare agree: whole microseconds, UTC.</summary>
public static class Moment
{
    public static DateTimeOffset Of(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
