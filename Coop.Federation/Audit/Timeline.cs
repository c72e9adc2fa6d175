namespace Coop.Federation.Audit;

/// <summary>
/// Counts events over time in a fixed number of equal spans, which grow as the log does. An event before the
/// first one's time (a log's times may go back a little) counts as of the first span.
/// </summary>
public sealed class Timeline
{
    /// <summary>Spans in all.</summary>
    public const int Spans = 128;

    private static readonly int Families = Enum.GetValues<EventFamily>().Length;

    private readonly long[,] _counts = new long[Families, Spans];
    private long _startMs;
    private long _spanMs = 1;

    /// <summary>When the first event was; null without any.</summary>
    public DateTimeOffset? Start { get; private set; }

    /// <summary>When the last was.</summary>
    public DateTimeOffset? End { get; private set; }

    /// <summary>The length of each span.</summary>
    public TimeSpan Span => TimeSpan.FromMilliseconds(_spanMs);

    public long Count(EventFamily family, int span) => _counts[(int)family, span];

    public long Count(EventFamily family) => Enumerable.Range(0, Spans).Sum(s => Count(family, s));

    /// <summary>Events in a span.</summary>
    public long CountIn(int span) => Enumerable.Range(0, Families).Sum(f => _counts[f, span]);

    /// <summary>When the log had that many events, to within a span; null where it never had.</summary>
    public DateTimeOffset? TimeOfSize(long size)
    {
        var counted = 0L;
        for (var span = 0; span < Spans; span++)
        {
            counted += CountIn(span);
            if (counted >= size && Start is { } start)
            {
                var at = start + (Span * (span + 0.5));
                return at < End ? at : End;
            }
        }

        return null;
    }

    public void Add(DateTimeOffset time, EventFamily family)
    {
        var ms = time.ToUnixTimeMilliseconds();
        if (Start is null)
        {
            (Start, _startMs) = (time, ms);
        }

        End = End > time ? End : time;
        while ((ms - _startMs) / _spanMs >= Spans)
        {
            Widen();
        }

        _counts[(int)family, Math.Max(0, (ms - _startMs) / _spanMs)]++;
    }

    private void Widen()
    {
        _spanMs *= 2;
        for (var family = 0; family < Families; family++)
        {
            for (var span = 0; span < Spans; span++)
            {
                _counts[family, span] = span < Spans / 2 ? _counts[family, 2 * span] + _counts[family, (2 * span) + 1] : 0;
            }
        }
    }
}
