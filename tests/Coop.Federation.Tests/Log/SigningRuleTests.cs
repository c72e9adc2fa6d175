using Coop.Federation.Log;

namespace Coop.Federation.Tests.Log;

public class SigningRuleTests
{
    [Theory]
    [InlineData(null, 0, 1, true)]
    [InlineData(5, 6, 2, true)]
    [InlineData(5, 5, 1, true)]
    [InlineData(5, 5, 2, false)]
    [InlineData(5, 4, 1, false)]
    public void AStateMayFollow_WhenItIsLargerOrTheSame(int? last, int next, byte root, bool may) =>
        Assert.Equal(may, SigningRule.MayFollow(last is { } size ? State(size, 1) : null, State(next, root)));

    [Theory]
    [InlineData(5, 6, SeenVerdict.Later)]
    [InlineData(5, 5, SeenVerdict.Contained)]
    [InlineData(5, 3, SeenVerdict.Contained)]
    public void WhatWasSeen_IsJudgedByItsSize(long stored, int seen, SeenVerdict verdict) =>
        Assert.Equal(verdict, SigningRule.Judge(stored, State(seen, 1), State(seen, 1).Root));

    [Fact]
    public void AnotherRoot_IsAnotherHistory() =>
        Assert.Equal(SeenVerdict.Different, SigningRule.Judge(5, State(3, 1), State(3, 2).Root));

    [Fact]
    public void InDoubt_EverybodyMustAnswer_AndOneThatShowsMoreAlwaysCounts()
    {
        var all = Enum.GetValues<SeenVerdict>();
        foreach (var first in all)
        {
            foreach (var second in all)
            {
                foreach (var isInDoubt in new[] { false, true })
                {
                    SeenVerdict[] answers = [first, second];
                    var expected = answers.Any(a => a >= SeenVerdict.Later) ? SigningVerdict.Refuse
                        : isInDoubt && answers.Contains(SeenVerdict.Silent) ? SigningVerdict.Wait
                        : SigningVerdict.Sign;
                    Assert.Equal(expected, SigningRule.Decide(isInDoubt, answers));
                }
            }
        }

        Assert.Equal(SigningVerdict.Sign, SigningRule.Decide(isInDoubt: true, []));
    }

    private static LogState State(int size, byte root) => new(size, [.. Enumerable.Repeat(root, 32)]);
}
