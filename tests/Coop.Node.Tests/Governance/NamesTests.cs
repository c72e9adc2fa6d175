using Coop.Node.Governance;

namespace Coop.Node.Tests.Governance;

public sealed class NamesTests
{
    [Fact]
    public void EveryStatusHasOneName()
    {
        foreach (var status in Enum.GetValues<ProposalStatus>())
        {
            Assert.Equal(status, ProposalStatusName.Parse(ProposalStatusName.Of(status)));
        }

        Assert.Throws<FormatException>(() => ProposalStatusName.Parse("Draft"));
    }

    [Fact]
    public void EveryChoiceHasOneName()
    {
        foreach (var choice in Enum.GetValues<Choice>())
        {
            Assert.Equal(choice, ChoiceName.Parse(ChoiceName.Of(choice)));
        }

        Assert.Throws<FormatException>(() => ChoiceName.Parse("maybe"));
    }
}
