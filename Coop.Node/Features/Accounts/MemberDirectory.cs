using System.Collections.Concurrent;
using Coop.Node.Database;
using Coop.Node.Features.Presenting;

namespace Coop.Node.Features.Accounts;

/// <summary>
/// Members as every request needs them, to see whether a session or token still stands for somebody and
/// with which roles. Kept in memory for a short while, so that a request costs no query.
/// </summary>
/// <remarks>
/// A change of roles counts at once on the replica that made it, and within <see cref="MaxAge"/> on the
/// others. Thread-safe.
/// </remarks>
public sealed class MemberDirectory(Transactions transactions, TimeProvider time)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(15);

    private const int MaxCount = 10_000;

    private readonly ConcurrentDictionary<Guid, Entry> _known = new();
    private long _changes;

    /// <summary>The member, at most <see cref="MaxAge"/> old; null when there is none.</summary>
    public ValueTask<Member?> FindAsync(Guid id, CancellationToken ct) =>
        _known.TryGetValue(id, out var entry) && time.GetElapsedTime(entry.ReadAt) < MaxAge
            ? ValueTask.FromResult<Member?>(entry.Member)
            : new ValueTask<Member?>(ReadAsync(id, ct));

    /// <summary>To be called after a member was changed.</summary>
    public void Forget(Guid id)
    {
        // A read that began before the change must not bring the old state back.
        Interlocked.Increment(ref _changes);
        _known.TryRemove(id, out _);
    }

    /// <summary>To be called after the trust in a co-op, on which its guests' sessions rest, has ended.</summary>
    public void ForgetGuests()
    {
        foreach (var (id, _) in _known.Where(e => e.Value.Member.Roles.Contains(Http.Roles.Guest)))
        {
            Forget(id);
        }

        // One may be on its way in, and not be known yet.
        Interlocked.Increment(ref _changes);
    }

    private async Task<Member?> ReadAsync(Guid id, CancellationToken ct)
    {
        var changes = Interlocked.Read(ref _changes);
        var readAt = time.GetTimestamp();
        var now = time.GetUtcNow();
        var member = await transactions.ReadAsync(
            async (c, token) =>
                await MemberStore.FindAsync(c, id, token) ?? await GuestStore.FindAsync(c, id, now, token),
            ct);
        if (member is not null)
        {
            Keep(new Entry(member, readAt), changes);
        }

        return member;
    }

    private void Keep(Entry entry, long changes)
    {
        if (_known.Count >= MaxCount)
        {
            _known.Clear();
        }

        _known[entry.Member.Id] = entry;
        if (Interlocked.Read(ref _changes) != changes)
        {
            _known.TryRemove(entry.Member.Id, out _);
        }
    }

    private sealed record Entry(Member Member, long ReadAt);
}
