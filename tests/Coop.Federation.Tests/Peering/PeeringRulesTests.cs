using Coop.Federation.Peering;

namespace Coop.Federation.Tests.Peering;

public sealed class PeeringRulesTests
{
    private static readonly TermsMention First = new("first", 1, null);
    private static readonly TermsMention Second = new("second", 2, "first");

    private static readonly PeeringStanding Offered = Take(PeeringStanding.None, PeeringSide.Them, PeeringStep.Proposed, First);
    private static readonly PeeringStanding InForce = Take(
        Take(Offered, PeeringSide.Us, PeeringStep.Accepted, First), PeeringSide.Them, PeeringStep.Activated, First);

    [Fact]
    public void StatesFollow_AsTheSpecificationSays()
    {
        Assert.Equal(PeeringState.Proposed, Offered.State);
        Assert.Equal(PeeringState.Accepted, Take(Offered, PeeringSide.Us, PeeringStep.Accepted, First).State);
        Assert.Equal(PeeringState.Active, InForce.State);
        var suspended = Take(InForce, PeeringSide.Them, PeeringStep.Suspended, First);
        Assert.Equal(PeeringState.Suspended, suspended.State);
        Assert.Equal(PeeringState.Frozen, Take(suspended, PeeringSide.Us, PeeringStep.Frozen, First).State);
        Assert.Equal(PeeringState.Ended, Take(suspended, PeeringSide.Us, PeeringStep.Ended, First).State);
    }

    [Fact]
    public void AHoldIsEndedByWhoeverHolds()
    {
        var frozen = Take(InForce, PeeringSide.Them, PeeringStep.Frozen, First);
        Refuses(PeeringCodes.State, frozen, PeeringSide.Us, PeeringStep.Resumed, First);
        Assert.Equal(PeeringState.Active, Take(frozen, PeeringSide.Them, PeeringStep.Resumed, First).State);
    }

    [Fact]
    public void AFreezeIsNotLoosenedToASuspension()
    {
        var frozen = Take(InForce, PeeringSide.Us, PeeringStep.Frozen, First);
        Refuses(PeeringCodes.State, frozen, PeeringSide.Us, PeeringStep.Suspended, First);
        Assert.Equal(
            PeeringState.Frozen,
            Take(Take(InForce, PeeringSide.Them, PeeringStep.Frozen, First), PeeringSide.Them, PeeringStep.Suspended, First).State);
    }

    [Fact]
    public void NobodyAcceptsOrActivatesForTheOther()
    {
        Refuses(PeeringCodes.Terms, Offered, PeeringSide.Them, PeeringStep.Accepted, First);
        Refuses(PeeringCodes.Terms, Offered, PeeringSide.Them, PeeringStep.Activated, First);
        Refuses(PeeringCodes.Terms, Offered, PeeringSide.Us, PeeringStep.Activated, First);
        var accepted = Take(Offered, PeeringSide.Us, PeeringStep.Accepted, First);
        Refuses(PeeringCodes.Terms, accepted, PeeringSide.Us, PeeringStep.Activated, First);
        Refuses(PeeringCodes.Terms, accepted, PeeringSide.Them, PeeringStep.Activated, Second);
    }

    [Fact]
    public void TermsFollowThoseInForce()
    {
        Refuses(PeeringCodes.Version, InForce, PeeringSide.Us, PeeringStep.Proposed, Second with { Version = 3 });
        Refuses(PeeringCodes.Version, InForce, PeeringSide.Them, PeeringStep.Proposed, Second with { Previous = "other" });
        Refuses(PeeringCodes.Version, InForce, PeeringSide.Them, PeeringStep.Proposed, First);
        Assert.Equal("first", Take(InForce, PeeringSide.Them, PeeringStep.Proposed, Second).Hash);
    }

    [Fact]
    public void WhoHasSignedNewTermsCannotTakeThatBack()
    {
        var signed = Take(Take(InForce, PeeringSide.Them, PeeringStep.Proposed, Second), PeeringSide.Us, PeeringStep.Accepted, Second);
        Refuses(PeeringCodes.State, signed, PeeringSide.Us, PeeringStep.Declined, Second);
        Assert.Null(Take(signed, PeeringSide.Them, PeeringStep.Declined, Second).Pending);
    }

    [Fact]
    public void WhatHasEndedStaysSo()
    {
        var ended = Take(InForce, PeeringSide.Us, PeeringStep.Ended, First);
        foreach (var step in Enum.GetValues<PeeringStep>())
        {
            Assert.Equal(ended, Take(ended, PeeringSide.Them, step, Second));
            Refuses(PeeringCodes.State, ended, PeeringSide.Us, step, Second);
        }
    }

    [Fact]
    public void NothingIsHeldBeforeItHasBegun()
    {
        PeeringStep[] holds = [PeeringStep.Suspended, PeeringStep.Resumed, PeeringStep.Frozen];
        Assert.All(holds, step => Refuses(PeeringCodes.State, Offered, PeeringSide.Us, step, First));
        Assert.All(holds, step => Refuses(PeeringCodes.State, Offered, PeeringSide.Them, step, First));
    }

    private static PeeringStanding Take(PeeringStanding now, PeeringSide by, PeeringStep step, TermsMention terms) =>
        PeeringRules.Take(now, by, step, terms, isOurDidFirst: true);

    private static void Refuses(string code, PeeringStanding now, PeeringSide by, PeeringStep step, TermsMention terms) =>
        Assert.Equal(code, Assert.Throws<PeeringException>(() => Take(now, by, step, terms)).Code);
}
