using Coop.Federation.Trade;

namespace Coop.Federation.Tests.Trade;

/// <summary>Every message in every state, on both sides: what is not listed here is a breach.</summary>
public sealed class TransferRulesTests
{
    private static readonly (TradeRole? Role, TransferState? From, bool IsOwn, TradeStep Step, TransferState To, TradeEffect Effect)[] Allowed =
    [
        (null, null, true, TradeStep.Prepare, TransferState.Prepared, TradeEffect.Reserve),
        (null, null, false, TradeStep.Prepare, TransferState.Offered, TradeEffect.None),
        (null, null, true, TradeStep.Abort, TransferState.Aborted, TradeEffect.None),
        (null, null, false, TradeStep.Abort, TransferState.Aborted, TradeEffect.None),

        (TradeRole.Payer, TransferState.Prepared, false, TradeStep.Accept, TransferState.Accepted, TradeEffect.None),
        (TradeRole.Payer, TransferState.Prepared, false, TradeStep.Reject, TransferState.Rejected, TradeEffect.Release),
        (TradeRole.Payer, TransferState.Prepared, true, TradeStep.Abort, TransferState.Aborted, TradeEffect.Release),
        (TradeRole.Payer, TransferState.Accepted, true, TradeStep.Abort, TransferState.Aborted, TradeEffect.Release),
        (TradeRole.Payer, TransferState.Accepted, true, TradeStep.Commit, TransferState.Committed, TradeEffect.Pay),
        (TradeRole.Payer, TransferState.Committed, false, TradeStep.Receipt, TransferState.Closed, TradeEffect.None),
        (TradeRole.Payer, TransferState.Aborted, false, TradeStep.Accept, TransferState.Aborted, TradeEffect.None),
        (TradeRole.Payer, TransferState.Aborted, false, TradeStep.Reject, TransferState.Aborted, TradeEffect.None),

        (TradeRole.Payee, TransferState.Offered, true, TradeStep.Accept, TransferState.Promised, TradeEffect.Promise),
        (TradeRole.Payee, TransferState.Offered, true, TradeStep.Reject, TransferState.Refused, TradeEffect.None),
        (TradeRole.Payee, TransferState.Offered, false, TradeStep.Abort, TransferState.Aborted, TradeEffect.None),
        (TradeRole.Payee, TransferState.Promised, false, TradeStep.Abort, TransferState.Aborted, TradeEffect.Forgive),
        (TradeRole.Payee, TransferState.Promised, false, TradeStep.Commit, TransferState.Due, TradeEffect.None),
        (TradeRole.Payee, TransferState.Refused, false, TradeStep.Abort, TransferState.Refused, TradeEffect.None),
        (TradeRole.Payee, TransferState.Due, true, TradeStep.Receipt, TransferState.Credited, TradeEffect.Credit),
    ];

    public static TheoryData<TradeRole?, TransferState?, bool, TradeStep> Everything
    {
        get
        {
            var data = new TheoryData<TradeRole?, TransferState?, bool, TradeStep>();
            (TradeRole?, TransferState?)[] all =
            [
                (null, null),
                .. from role in Enum.GetValues<TradeRole>() from state in Enum.GetValues<TransferState>() select ((TradeRole?)role, (TransferState?)state),
            ];
            foreach (var (role, state) in all)
            {
                foreach (var step in Enum.GetValues<TradeStep>().Where(s => s < TradeStep.Statement))
                {
                    data.Add(role, state, true, step);
                    data.Add(role, state, false, step);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Follows_OrIsABreach(TradeRole? role, TransferState? from, bool isOwn, TradeStep step)
    {
        var payer = role is null ? isOwn : role == TradeRole.Payer == isOwn;
        var message = TradeSamples.Message(step, payer);
        var transfer = role is null ? null : new Transfer(TradeSamples.Id, "did:key:peer", role.Value, from!.Value, TradeSamples.Offer);
        var expected = Allowed.Where(a => a.Role == role && a.From == from && a.IsOwn == isOwn && a.Step == step).ToList();
        if (expected is not [var rule])
        {
            Assert.Equal(TradeCodes.Breach, Assert.Throws<TradeException>(() => TransferRules.Apply(transfer, isOwn, message)).Code);
            return;
        }

        var (after, effect) = TransferRules.Apply(transfer, isOwn, message);
        Assert.Equal((rule.To, rule.Effect), (after.State, effect));
    }

    [Fact]
    public void MovesTheBalanceOnceOnEachSide()
    {
        // Whatever way a transfer takes to a final state, what it leaves in the position says whether it was paid.
        foreach (var role in Enum.GetValues<TradeRole>())
        {
            Walk(null, role, TradePosition.None("EUR"), 0);
        }
    }

    private static void Walk(Transfer? transfer, TradeRole role, TradePosition position, int depth)
    {
        Assert.True(depth < 10, "The protocol does not end.");
        if (transfer is { IsFinal: true })
        {
            var paid = transfer.State is TransferState.Closed or TransferState.Credited ? 1250 : 0;
            Assert.Equal((role == TradeRole.Payer ? -paid : paid, 0L, 0L), (position.MirrorMinor, position.ReservedMinor, position.PromisedMinor));
            return;
        }

        foreach (var rule in Allowed.Where(a => a.From == transfer?.State && (a.Role ?? role) == role))
        {
            if (transfer is not null || rule.IsOwn == (role == TradeRole.Payer))
            {
                var (after, effect) = TransferRules.Apply(transfer, rule.IsOwn, TradeSamples.Message(rule.Step, rule.IsOwn));
                Walk(after, role, position.After(effect, 1250), depth + 1);
            }
        }
    }
}
