using Coop.Node.Tests.Governance;

namespace Coop.Node.Tests.Simulation;

/// <summary>
/// A co-op as its events tell it: nothing but dictionaries, and no code of the product. Each event must
/// be one that the rules of specs/governance.md allow after those before it.
/// </summary>
internal sealed class ModelCoop
{
    public Dictionary<Guid, ModelProposal> Proposals { get; } = [];

    /// <summary>Each announcement's readers.</summary>
    public Dictionary<Guid, HashSet<string>> Announcements { get; } = [];

    public HashSet<string> Members { get; } = [];

    public int Journals { get; private set; }

    public void Apply(TrailEvent e)
    {
        switch (e.Type)
        {
            case "member.joined":
                Assert.True(Members.Add(e.Subject));
                break;
            case "proposal.drafted":
                Proposals.Add(Id(e), new(Id(e), e.Actor, Text(e, "title"), Text(e, "body")));
                break;
            case "proposal.edited":
                Edit(Proposals[Id(e)], e);
                break;
            case "proposal.opened":
                Open(Proposals[Id(e)], e);
                break;
            case "proposal.withdrawn":
                Move(Proposals[Id(e)], "draft", "withdrawn");
                break;
            case "vote.cast":
                Vote(Proposals[Id(e)], e);
                break;
            case "proposal.closed":
                Close(Proposals[Id(e)], e);
                break;
            case "announcement.published":
                Announcements.Add(Id(e), []);
                break;
            case "announcement.read":
                Assert.True(Announcements[Id(e)].Add(e.Actor), "Read twice.");
                break;
            case "journal.posted":
                Journals++;
                break;
        }
    }

    private static void Edit(ModelProposal proposal, TrailEvent e)
    {
        Assert.Equal("draft", proposal.Status);
        Assert.Equal(proposal.Author, e.Actor);
        proposal.Title = Text(e, "title");
        proposal.Body = Text(e, "body");
    }

    private static void Open(ModelProposal proposal, TrailEvent e)
    {
        Move(proposal, "draft", "open");
        Assert.Equal(proposal.Title, Text(e, "title"));
        Assert.Equal(proposal.Body, Text(e, "body"));
        proposal.ClosesAt = e.Payload.GetProperty("closesAt").GetDateTimeOffset();
        Assert.True(e.Time < proposal.ClosesAt);
    }

    private static void Vote(ModelProposal proposal, TrailEvent e)
    {
        Assert.Equal("open", proposal.Status);
        Assert.True(e.Time < proposal.ClosesAt, "A vote at the closing time or after.");
        Assert.NotEqual(proposal.Votes.GetValueOrDefault(e.Actor), Text(e, "choice"));
        proposal.Votes[e.Actor] = Text(e, "choice");
    }

    private void Close(ModelProposal proposal, TrailEvent e)
    {
        Move(proposal, "open", "closed");
        Assert.Equal("node", e.Actor);
        // An entry's time has milliseconds, cut off; the closing time is finer.
        Assert.True(e.Time.AddMilliseconds(1) > proposal.ClosesAt, "Counted before the closing time.");
        foreach (var choice in new[] { "yes", "no", "abstain" })
        {
            Assert.Equal(proposal.Count(choice), e.Payload.GetProperty(choice).GetInt64());
        }

        Assert.Equal(Members.Count, e.Payload.GetProperty("eligible").GetInt64());
    }

    private static void Move(ModelProposal proposal, string from, string to)
    {
        Assert.Equal(from, proposal.Status);
        proposal.Status = to;
    }

    private static Guid Id(TrailEvent e) =>
        Guid.Parse(e.Subject[(e.Subject.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    private static string Text(TrailEvent e, string name) =>
        e.Payload.GetProperty(name).GetString()!;
}
