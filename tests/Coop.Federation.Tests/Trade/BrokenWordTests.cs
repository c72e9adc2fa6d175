using Coop.Federation.Claims;
using Coop.Federation.Trade;
using Coop.Identity.Json;

namespace Coop.Federation.Tests.Trade;

/// <summary>What becomes of a peer that signs two things, or what it may not: evidence, and nothing new.</summary>
public sealed class BrokenWordTests
{
    private readonly TradeWorld _world = new(1, TradeMutant.None);

    private TradeCoop Us => _world.Coops[0];

    private TradeCoop Them => _world.Coops[1];

    [Fact]
    public async Task Freezes_WhenThePeerSignsTwoMessagesAtOnePosition()
    {
        await ConfirmAsync();
        var first = Offer(TradeHead.Start, 1, 100);
        await ReceiveAsync(first);
        Assert.Equal(TransferState.Promised, Us.Disk.Transfers[IdOf(1)].State);

        var refused = await Assert.ThrowsAsync<TradeException>(() => ReceiveAsync(Offer(TradeHead.Start, 2, 200)));

        Assert.Equal(TradeCodes.Fork, refused.Code);
        Assert.Equal(TradeCodes.Fork, Us.Disk.PairOf(Them.Did).Frozen);
        Assert.Equal(Offer(TradeHead.Start, 2, 200), Assert.Single(Us.Disk.Evidence).ToArray());
        Assert.DoesNotContain(IdOf(2), Us.Disk.Transfers.Keys);

        // What was begun goes on, and nothing new is.
        var commit = Sign(HeadOf(first), new(1, Us.Disk.MessagesOf(Them.Did, true)[0].Hash), TradeStep.Commit, new TransferBody(IdOf(1)));
        await ReceiveAsync(commit);
        Assert.Equal(TransferState.Credited, Us.Disk.Transfers[IdOf(1)].State);
        await ReceiveAsync(Offer(HeadOf(commit), 3, 50));
        Assert.Equal((TransferState.Refused, TradeCodes.Frozen), (Us.Disk.Transfers[IdOf(3)].State, Us.Disk.Transfers[IdOf(3)].Reason));
    }

    [Fact]
    public async Task Freezes_WhenThePeerCommitsWhatItNeverOffered_AndBooksNothing()
    {
        await ConfirmAsync();
        await ReceiveAsync(Sign(TradeHead.Start, TradeHead.Start, TradeStep.Commit, new TransferBody(IdOf(1))));
        Assert.Equal(TradeCodes.Breach, Us.Disk.PairOf(Them.Did).Frozen);
        Assert.Equal(1, Us.Disk.PairOf(Them.Did).Received.Seq);
        Assert.Empty(Us.Disk.Positions);
        Assert.Single(Us.Disk.Evidence);
    }

    [Fact]
    public async Task Freezes_WhenTheChainContinuesAnother()
    {
        await ConfirmAsync();
        await ReceiveAsync(Offer(TradeHead.Start, 1, 100));
        var other = HeadOf(Offer(TradeHead.Start, 2, 200));
        Assert.Equal(TradeCodes.Fork, (await Assert.ThrowsAsync<TradeException>(() => ReceiveAsync(Offer(other, 3, 5)))).Code);
        Assert.Equal(1, Us.Disk.PairOf(Them.Did).Received.Seq);
    }

    [Fact]
    public async Task Refuses_AfterAGap_WithoutATrace()
    {
        await ConfirmAsync();
        var before = Us.Disk;
        var second = Offer(HeadOf(Offer(TradeHead.Start, 1, 100)), 2, 200);
        Assert.Equal(TradeCodes.Gap, (await Assert.ThrowsAsync<TradeException>(() => ReceiveAsync(second))).Code);
        Assert.Same(before, Us.Disk);
    }

    [Fact]
    public async Task Refuses_WhatIsForOthersOrSignedByOthers_WithoutATrace()
    {
        await ConfirmAsync();
        var third = _world.Coops[2];
        await Us.Engine.RoundAsync(third.Did, DateOnly.MinValue, _world.Now, CancellationToken.None);
        var before = Us.Disk;
        var forged = Statement.Parse(Offer(TradeHead.Start, 1, 100));
        forged["amountMinor"] = "101";
        var refused = await Assert.ThrowsAsync<TradeException>(() => ReceiveAsync(CanonicalJson.Serialize(forged)));
        Assert.Equal(TradeCodes.Proof, refused.Code);
        refused = await Assert.ThrowsAsync<TradeException>(() =>
            Us.Engine.ReceiveAsync(third.Did, [Offer(TradeHead.Start, 1, 100)], CancellationToken.None));
        Assert.Equal(TradeCodes.Parties, refused.Code);
        refused = await Assert.ThrowsAsync<TradeException>(() => ReceiveAsync("[]"u8.ToArray()));
        Assert.Equal(TradeCodes.Malformed, refused.Code);
        Assert.Same(before, Us.Disk);
    }

    [Fact]
    public async Task SignsNothing_BeforeThePeerHasSaidWhatItHolds()
    {
        _world.BeCalm();
        Assert.Equal(
            TradeCodes.Recovering,
            (await Assert.ThrowsAsync<TradeException>(() => ReceiveAsync(Offer(TradeHead.Start, 1, 100)))).Code);
        Assert.Empty(Us.Disk.Pairs);
    }

    [Fact]
    public async Task Rejects_WhatPassesTheLimit_WithWhatWasPromised()
    {
        await ConfirmAsync();
        var first = Offer(TradeHead.Start, 1, TradeWorld.LimitMinor);
        await ReceiveAsync(first);
        await ReceiveAsync(Offer(HeadOf(first), 2, 1));
        Assert.Equal(TransferState.Promised, Us.Disk.Transfers[IdOf(1)].State);
        Assert.Equal((TransferState.Refused, TradeCodes.Limit), (Us.Disk.Transfers[IdOf(2)].State, Us.Disk.Transfers[IdOf(2)].Reason));
    }

    [Fact]
    public async Task EntombsWhatIsUnknown_BeforeItAnswers()
    {
        await ConfirmAsync();
        await Us.Engine.AnswerAsync(Them.Did, [IdOf(9)], CancellationToken.None);
        await Us.Engine.AnswerAsync(Them.Did, [IdOf(9)], CancellationToken.None);
        Assert.Equal((TransferState.Aborted, TradeCodes.Unknown), (Us.Disk.Transfers[IdOf(9)].State, Us.Disk.Transfers[IdOf(9)].Reason));
        Assert.Equal(TradeStep.Abort, Assert.Single(Us.Disk.MessagesOf(Them.Did, true)).Message.Step);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("somebody else's")]
    [InlineData("the proposer's")]
    public async Task ALegOfANetting_EndsByItsProposersDecisionAlone(string? whose)
    {
        // They owe us; the third, who proposed, has told them what it decided, or has not.
        var third = _world.Coops[2];
        await ConfirmAsync();
        await OweAsync();
        var plan = NettingPlan.Sign(new SimTradeSigner(third), [third.Did, Them.Did, Us.Did], "EUR", 100, _world.Now.AddHours(1), IdOf(7));
        var leg = plan.LegOf(Them.Did);
        var offer = new TradeOffer(TradeKind.Netting, "EUR", 100, Them.Clearing, null, "", plan.ValidUntil, TradeHead.Start.Hash) { NettingId = plan.Id };
        await ReceiveAsync(Next(TradeStep.Prepare, new PrepareBody(leg, offer) { Netting = plan }));
        Assert.Equal((NettingApproval.Waiting, TransferState.Offered), (Us.Disk.Nettings[plan.Id].Approval, Us.Disk.Transfers[leg].State));

        var decision = whose is null ? null : NettingDecision.Sign(new SimTradeSigner(whose == "the proposer's" ? third : Them), plan.Id, false);
        await ReceiveAsync(Next(TradeStep.Abort, new TransferBody(leg, TradeCodes.Netting) { Decision = decision }));

        var isGood = whose == "the proposer's";
        Assert.Equal(isGood ? TransferState.Aborted : TransferState.Offered, Us.Disk.Transfers[leg].State);
        Assert.Equal(isGood ? null : TradeCodes.Breach, Us.Disk.PairOf(Them.Did).Frozen);
        Assert.Equal(isGood ? 0 : 1, Us.Disk.Evidence.Count);
    }

    [Fact]
    public async Task KeepsBoth_WhenAProposerDecidesTwice()
    {
        var third = _world.Coops[2];
        await ConfirmAsync();
        await OweAsync();
        var plan = NettingPlan.Sign(new SimTradeSigner(third), [third.Did, Them.Did, Us.Did], "EUR", 100, _world.Now.AddHours(1), IdOf(7));
        var offer = new TradeOffer(TradeKind.Netting, "EUR", 100, Them.Clearing, null, "", plan.ValidUntil, TradeHead.Start.Hash) { NettingId = plan.Id };
        var signer = new SimTradeSigner(third);
        var said = new PrepareBody(plan.LegOf(Them.Did), offer) { Netting = plan, Decision = NettingDecision.Sign(signer, plan.Id, true) };
        await ReceiveAsync(Next(TradeStep.Prepare, said));
        await ReceiveAsync(Next(
            TradeStep.Abort, new TransferBody(said.Id, TradeCodes.Netting) { Decision = NettingDecision.Sign(signer, plan.Id, false) }));
        Assert.Contains("abort", System.Text.Encoding.UTF8.GetString(Assert.Single(Us.Disk.Evidence).Span), StringComparison.Ordinal);
        Assert.True(Us.Disk.Nettings[plan.Id].Decision!.IsCommit);
    }

    [Fact]
    public async Task RejectsALeg_WhosePlanTheProposerDidNotSign()
    {
        var third = _world.Coops[2];
        await ConfirmAsync();
        await OweAsync();
        var signed = NettingPlan.Sign(new SimTradeSigner(third), [third.Did, Them.Did, Us.Did], "EUR", 100, _world.Now.AddHours(1), IdOf(7));
        var forged = signed.Json.DeepClone().AsObject();
        forged["amountMinor"] = "900";
        var plan = NettingReader.ReadPlan(forged);
        var offer = new TradeOffer(TradeKind.Netting, "EUR", 900, Them.Clearing, null, "", plan.ValidUntil, TradeHead.Start.Hash) { NettingId = plan.Id };
        await ReceiveAsync(Next(TradeStep.Prepare, new PrepareBody(plan.LegOf(Them.Did), offer) { Netting = plan }));
        var leg = Us.Disk.Transfers[plan.LegOf(Them.Did)];
        Assert.Equal((TransferState.Refused, TradeCodes.Netting), (leg.State, leg.Reason));
        Assert.Empty(Us.Disk.Nettings);
    }

    [Theory]
    [InlineData(false, TransferState.Aborted)]
    [InlineData(true, TransferState.Credited)]
    public async Task WhatStaysInDoubt_EndsAsBothHaveSigned_AndNotByOneAlone(bool isPaid, TransferState end)
    {
        _world.BeCalm();
        await RoundsAsync();
        var id = IdOf(4);
        var offer = new TradeOffer(
            TradeKind.Payment, "EUR", 100, Us.Members[0], Them.Members[0], "", _world.Now.AddMinutes(3), TradeHead.Start.Hash);
        await Us.Engine.WriteAsync(Them.Did, (w, d, c) => d.PrepareAsync(w, id, offer, c), CancellationToken.None);
        await Us.Engine.RoundAsync(Them.Did, DateOnly.MinValue, _world.Now, CancellationToken.None);
        await SayAsync(Them, Us, id, isPaid);
        Assert.Equal(TransferState.Promised, Them.Disk.Transfers[id].State);

        // Its acceptance has not arrived: the payer can only say that it is not paid.
        if (isPaid)
        {
            await Assert.ThrowsAsync<TradeException>(() => SayAsync(Us, Them, id, true));
            await Them.Engine.RoundAsync(Us.Did, DateOnly.MinValue, _world.Now, CancellationToken.None);
        }
        else
        {
            await SayAsync(Us, Them, id, false);
        }

        await RoundsAsync();
        Assert.Equal(end, Them.Disk.Transfers[id].State);
        _world.RequireWhole();
    }

    private static Task<Transfer> SayAsync(TradeCoop one, TradeCoop other, Guid id, bool isPaid) =>
        one.Engine.WriteAsync(other.Did, (w, d, c) => d.ResolveAsync(w, id, isPaid, c), CancellationToken.None);

    private async Task RoundsAsync()
    {
        for (var i = 0; i < 4; i++)
        {
            await Us.Engine.RoundAsync(Them.Did, DateOnly.MinValue, _world.Now, CancellationToken.None);
            await Them.Engine.RoundAsync(Us.Did, DateOnly.MinValue, _world.Now, CancellationToken.None);
        }
    }

    // We come to owe them 1,000, which a netting may forgive.
    private async Task OweAsync()
    {
        await RoundsAsync();
        var offer = new TradeOffer(
            TradeKind.Payment, "EUR", 1000, Us.Members[0], Them.Members[0], "", _world.Now.AddMinutes(3), TradeHead.Start.Hash);
        await Us.Engine.WriteAsync(Them.Did, (w, d, c) => d.PrepareAsync(w, IdOf(1), offer, c), CancellationToken.None);
        await RoundsAsync();
        Assert.Equal(TransferState.Closed, Us.Disk.Transfers[IdOf(1)].State);
    }

    // What they would sign next, by what they have signed and seen.
    private byte[] Next(TradeStep step, TradeBody body)
    {
        var pair = Us.Disk.PairOf(Them.Did);
        return Sign(pair.Received, pair.Sent, step, body);
    }

    private static Guid IdOf(int number) => new(number, 0, 9, new byte[8]);

    private static TradeHead HeadOf(byte[] message)
    {
        var json = Statement.Parse(message);
        return TradeMessage.HeadAfter(json, TradeReader.Read(json));
    }

    private async Task ConfirmAsync()
    {
        _world.BeCalm();
        await Us.Engine.RoundAsync(Them.Did, DateOnly.MinValue, _world.Now, CancellationToken.None);
    }

    private Task<TradeHead> ReceiveAsync(byte[] message) => Us.Engine.ReceiveAsync(Them.Did, [message], CancellationToken.None);

    private byte[] Offer(TradeHead previous, int number, long amountMinor) => Sign(
        previous, TradeHead.Start, TradeStep.Prepare,
        new PrepareBody(IdOf(number), new(
            TradeKind.Payment, "EUR", amountMinor, Them.Members[0], Us.Members[0], "", _world.Now.AddMinutes(3), TradeHead.Start.Hash)));

    private byte[] Sign(TradeHead previous, TradeHead seen, TradeStep step, TradeBody body) => CanonicalJson.Serialize(
        TradeSamples.Sign(new TradeMessage(step, Them.Did, Us.Did, previous, seen, _world.Now, body).ToJson(), Them.Key));
}
