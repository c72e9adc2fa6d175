using Coop.Node.Governance;
using Coop.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Node.Tests.Governance;

/// <summary>A node with a fake clock, an administrator and two members, for all tests of a class.</summary>
public sealed class CoopFixture : IAsyncLifetime
{
    public TestNode Node { get; private set; } = null!;

    public TestMember Admin { get; private set; } = null!;

    public TestMember Ada { get; private set; } = null!;

    public TestMember Bob { get; private set; } = null!;

    public FakeTimeProvider Time => Node.Time;

    /// <summary>A closing time that is not reached unless a test advances the clock.</summary>
    public DateTimeOffset Tomorrow => Time.GetUtcNow().AddDays(1);

    public async ValueTask InitializeAsync()
    {
        // Begins now, since the test's own cookies live by the system's clock.
        var now = Moment.Of(TimeProvider.System.GetUtcNow());
        Node = await TestNode.StartAsync(time: new FakeTimeProvider(now));
        Admin = await TestMember.EnrolAdministratorAsync(Node);
        Ada = await Admin.InviteAsync(Node, "Ada");
        Bob = await Admin.InviteAsync(Node, "Bob");
    }

    public async ValueTask DisposeAsync() => await Node.DisposeAsync();
}
