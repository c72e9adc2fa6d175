namespace Coop.Node.Database;

/// <summary>
/// What stays the same over all attempts of one write: its time and its ids. Stable ids make the
/// retry after an ambiguous commit collide with the first attempt instead of doubling it.
/// </summary>
internal sealed class Operation(DateTimeOffset startedAt)
{
    internal const int FirstFreeId = 1;
    private readonly List<Guid> _ids = [Guid.CreateVersion7(startedAt)];

    public DateTimeOffset StartedAt { get; } = startedAt;

    public Guid EventId => _ids[0];

    public Guid Id(int index)
    {
        while (_ids.Count <= index)
        {
            _ids.Add(Guid.CreateVersion7(StartedAt));
        }

        return _ids[index];
    }
}
