using Coop.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Node.Tests.Simulation;

/// <summary>What the simulated members share.</summary>
internal sealed class World(FakeTimeProvider time)
{
    public static readonly IReadOnlySet<string> Types = new HashSet<string>
    {
        "proposal.drafted", "proposal.edited", "proposal.opened", "proposal.withdrawn", "vote.cast",
        "announcement.published", "announcement.read", "journal.posted",
    };

    public FakeTimeProvider Time { get; } = time;

    public Diary Diary { get; } = new();

    public List<Guid> Proposals { get; } = [];

    public List<Guid> Announcements { get; } = [];

    public List<SimulatedMember> Members { get; } = [];

    public Guid Bank { get; set; }

    public Guid Sales { get; set; }

    public TestMember Admin => Members[0].Member;

    public static void Add(List<Guid> ids, Guid id)
    {
        lock (ids)
        {
            ids.Add(id);
        }
    }
}
