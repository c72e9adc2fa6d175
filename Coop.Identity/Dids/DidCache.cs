namespace Coop.Identity.Dids;

/// <summary>
/// What was resolved lately, bounded in number, size and age. Thread-safe: its one lock is held for
/// look-ups alone.
/// </summary>
internal sealed class DidCache(TimeProvider time)
{
    public const int MaxCount = 1024;

    /// <summary>Of what was fetched; parsed, it takes some times as much.</summary>
    public const long MaxSizeBytes = 16 * 1024 * 1024;

    /// <summary>Where the source says nothing.</summary>
    public static readonly TimeSpan DefaultAge = TimeSpan.FromMinutes(5);

    /// <summary>Whatever the source says: a revoked key must not live on for long.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DidSource Source, DateTimeOffset Until)> _entries = new(StringComparer.Ordinal);
    private long _sizeBytes;

    public static TimeSpan Bounded(TimeSpan? wanted) => wanted switch
    {
        null => DefaultAge,
        { } age when age < TimeSpan.Zero => TimeSpan.Zero,
        { } age => age < MaxAge ? age : MaxAge,
    };

    public DidSource? Find(string did)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(did, out var entry) && entry.Until > time.GetUtcNow() ? entry.Source : null;
        }
    }

    public void Keep(string did, DidSource source)
    {
        if (source.FreshFor <= TimeSpan.Zero || source.SizeBytes > MaxSizeBytes)
        {
            return;
        }

        lock (_lock)
        {
            Remove(did);
            while (_entries.Count >= MaxCount || _sizeBytes + source.SizeBytes > MaxSizeBytes)
            {
                Remove(_entries.MinBy(e => e.Value.Until).Key);
            }

            _entries.Add(did, (source, time.GetUtcNow() + source.FreshFor));
            _sizeBytes += source.SizeBytes;
        }
    }

    private void Remove(string did)
    {
        if (_entries.Remove(did, out var entry))
        {
            _sizeBytes -= entry.Source.SizeBytes;
        }
    }
}
