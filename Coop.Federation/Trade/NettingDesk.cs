using System.Security.Cryptography;
using Coop.Identity.Json;

namespace Coop.Federation.Trade;

/// <summary>
/// Proposes nettings, approves them, and signs what is next on their legs, inside transactions on one peer's chains.
/// Specified in specs/trade.md, Netting. Thread-safe.
/// </summary>
public sealed class NettingDesk
{
    private readonly TradeDesk _desk;
    private readonly ITradeSigner _signer;

    internal NettingDesk(TradeDesk desk, ITradeSigner signer) => (_desk, _signer) = (desk, signer);

    /// <summary>Proposes a netting: offers this node's own leg to the debtor.</summary>
    /// <exception cref="TradeException">The debtor does not owe as much, or nothing new may be begun.</exception>
    public async Task<Netting> ProposeAsync(ITradeWrite write, NettingPlan plan, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(plan);
        var netting = new Netting(plan, NettingApproval.Approved, null, null, null);
        var offer = await OfferAsync(write, plan, ct);
        if (await TradeDesk.RefusalAsync(write, offer, ct) is { } code)
        {
            throw new TradeException(code, "The netting cannot be begun.");
        }

        await write.SaveNettingAsync(netting, ct);
        await PrepareAsync(write, netting, offer, ct);
        return (await write.NettingAsync(plan.Id, ct))!;
    }

    /// <summary>Says what the people of this co-op decided; of the proposer's, a refusal takes the proposal back.</summary>
    /// <exception cref="TradeException">There is none, or it is past that.</exception>
    public async Task<Netting> ApproveAsync(ITradeWrite write, Guid id, bool isApproved, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        var netting = await write.NettingAsync(id, ct);
        var may = netting is { Decision: null or { IsCommit: true } } known && !known.IsOver(_signer.Did)
            && (known.Approval == NettingApproval.Waiting
                || (known.Plan.Proposer == _signer.Did && !isApproved && known.Approval == NettingApproval.Approved));
        if (!may)
        {
            throw new TradeException(TradeCodes.Breach, "There is no such netting, or it is past approval.");
        }

        var after = netting! with { Approval = isApproved ? NettingApproval.Approved : NettingApproval.Refused };
        await write.SaveNettingAsync(after, ct);
        return after;
    }

    /// <summary>Signs what is next on the leg with this transaction's peer.</summary>
    /// <param name="write">The transaction.</param>
    /// <param name="id">Which netting.</param>
    /// <param name="mayRefuse">
    /// Whether this node knows what it has signed to its debtor; and, of what the proposer decides, whether the debtor
    /// was asked and knows of no decision that was forgotten here.
    /// </param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task AdvanceAsync(ITradeWrite write, Guid id, bool mayRefuse, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (await write.NettingAsync(id, ct) is not { } netting)
        {
            await RejectUnknownAsync(write, id, ct);
            return;
        }

        var peer = (await write.PairAsync(ct)).PeerDid;
        var act = NettingRules.Next(netting, _signer.Did, peer, write.Now);
        var isOut = peer == netting.Plan.DebtorOf(_signer.Did);
        var leg = netting.Plan.LegOf(isOut ? _signer.Did : peer);
        var isHeld = (await write.FindAsync(leg, ct))?.OurWord is not null;
        if (isHeld || act is null || (act is NettingAct.Reject or NettingAct.DecideCommit or NettingAct.DecideAbort && !mayRefuse))
        {
            return;
        }

        await (act switch
        {
            NettingAct.Offer => BeginAsync(write, netting, ct),
            NettingAct.Accept => AcceptAsync(write, netting, leg, ct),
            NettingAct.Reject => _desk.SignAsync(write, TradeStep.Reject, new TransferBody(leg, TradeCodes.Netting), ct),
            NettingAct.Commit or NettingAct.Abort => EndAsync(write, netting.Decision!, leg, ct),
            _ => DecideAsync(write, netting, act == NettingAct.DecideCommit, leg, ct),
        });
    }

    /// <summary>Keeps the proposer's word, where it came otherwise than with a leg.</summary>
    public static async Task LearnAsync(ITradeWrite write, Guid id, NettingDecision decision, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(decision);
        if (await write.NettingAsync(id, ct) is not { } netting || decision.From != netting.Plan.Proposer || decision.Netting != id)
        {
            return;
        }

        if (netting.Decision is null)
        {
            await write.SaveNettingAsync(netting with { Decision = decision }, ct);
        }
        else if (netting.Decision.IsCommit != decision.IsCommit)
        {
            await write.AccuseAsync(decision.From, CanonicalJson.Serialize(decision.Json), ct);
        }
    }

    /// <summary>Says for good that a netting that the proposer no longer knows is not done.</summary>
    public async Task<NettingDecision> EntombAsync(ITradeWrite write, NettingPlan plan, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(plan);
        var known = await write.NettingAsync(plan.Id, ct) ?? new Netting(plan, NettingApproval.Refused, null, null, null);
        var decision = known.Decision ?? NettingDecision.Sign(_signer, plan.Id, isCommit: false);
        if (known.Decision is null)
        {
            await write.SaveNettingAsync(known with { Decision = decision }, ct);
        }

        return decision;
    }

    /// <summary>Keeps what a message says of a netting, before the message itself is kept.</summary>
    internal static async Task NoteAsync(ITradeWrite write, bool isOwn, TradeMessage message, CancellationToken ct)
    {
        if (message.Body is PrepareBody { Netting: { IsVerified: true } plan } prepare)
        {
            var known = await write.NettingAsync(plan.Id, ct);
            if (known is null || (isOwn && known.Approval != NettingApproval.Approved))
            {
                known ??= new Netting(plan, NettingApproval.Waiting, null, null, null);
                await write.SaveNettingAsync(known with { Approval = isOwn ? NettingApproval.Approved : known.Approval }, ct);
            }

            if (prepare.Decision is { } early)
            {
                await LearnAsync(write, plan.Id, early, ct);
            }
        }
        else if (isOwn && message.Step == TradeStep.Accept)
        {
            await ApprovedAsync(write, message.Body.Transfer!.Value, ct);
        }
        else if (message.Body is TransferBody { Decision: { } decision })
        {
            if (await write.NettingAsync(decision.Netting, ct) is { } netting && netting.Plan.Proposer != decision.From)
            {
                throw new TradeException(TradeCodes.Breach, "Somebody else than its proposer decided the netting.");
            }

            await LearnAsync(write, decision.Netting, decision, ct);
        }
    }

    // A node that was put back learns from its own promise that its people had approved.
    private static async Task ApprovedAsync(ITradeWrite write, Guid leg, CancellationToken ct)
    {
        if ((await write.FindAsync(leg, ct))?.Offer?.NettingId is { } id
            && await write.NettingAsync(id, ct) is { Approval: not NettingApproval.Approved } netting)
        {
            await write.SaveNettingAsync(netting with { Approval = NettingApproval.Approved }, ct);
        }
    }

    private async Task RejectUnknownAsync(ITradeWrite write, Guid id, CancellationToken ct)
    {
        // The plan is not by who it says, or by nobody whose keys are known here.
        foreach (var leg in (await write.OpenAsync(ct)).Where(t => t.Offer?.NettingId == id && t.State == TransferState.Offered))
        {
            await _desk.SignAsync(write, TradeStep.Reject, new TransferBody(leg.Id, TradeCodes.Netting), ct);
        }
    }

    private async Task BeginAsync(ITradeWrite write, Netting netting, CancellationToken ct)
    {
        var offer = await OfferAsync(write, netting.Plan, ct);
        if (netting.Decision is null && await TradeDesk.RefusalAsync(write, offer, ct) is not null)
        {
            await write.SaveNettingAsync(netting with { Approval = NettingApproval.Refused }, ct);
            return;
        }

        await PrepareAsync(write, netting, offer, ct);
    }

    private async Task AcceptAsync(ITradeWrite write, Netting netting, Guid leg, CancellationToken ct)
    {
        var offer = (await write.FindAsync(leg, ct))!.Offer!;
        var code = netting.Decision is null ? await TradeDesk.RejectionAsync(write, offer, ct) : null;
        if (code is null)
        {
            await _desk.SignAsync(write, TradeStep.Accept, new TransferBody(leg), ct);
        }

        // Otherwise it waits: its own leg is offered, and the proposer gives the netting up in time.
    }

    private Task<Transfer?> EndAsync(ITradeWrite write, NettingDecision decision, Guid leg, CancellationToken ct) =>
        _desk.SignAsync(
            write, decision.IsCommit ? TradeStep.Commit : TradeStep.Abort,
            new TransferBody(leg, decision.IsCommit ? null : TradeCodes.Netting) { Decision = decision }, ct);

    private async Task DecideAsync(ITradeWrite write, Netting netting, bool isCommit, Guid leg, CancellationToken ct)
    {
        var decision = NettingDecision.Sign(_signer, netting.Plan.Id, isCommit);
        await write.SaveNettingAsync(netting with { Decision = decision }, ct);
        if (netting.Out is TransferState.Prepared or TransferState.Accepted)
        {
            await EndAsync(write, decision, leg, ct);
        }
    }

    private async Task<TradeOffer> OfferAsync(ITradeWrite write, NettingPlan plan, CancellationToken ct) => new(
        TradeKind.Netting, plan.Unit, plan.AmountMinor, await write.ClearingAsync(plan.Unit, ct), null, "", plan.ValidUntil,
        Convert.ToBase64String(SHA256.HashData(plan.LegOf(_signer.Did).ToByteArray(bigEndian: true))))
    {
        NettingId = plan.Id,
    };

    private Task<Transfer?> PrepareAsync(ITradeWrite write, Netting netting, TradeOffer offer, CancellationToken ct) => _desk.SignAsync(
        write, TradeStep.Prepare,
        new PrepareBody(netting.Plan.LegOf(_signer.Did), offer) { Netting = netting.Plan, Decision = netting.Decision }, ct);
}
