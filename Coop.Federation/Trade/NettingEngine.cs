using Coop.Federation.Claims;

namespace Coop.Federation.Trade;

/// <summary>
/// Nettings for the life of a process: does what is due on their legs, asks for the proposer's word where it is
/// missing, and answers those who ask. Specified in specs/trade.md, Netting. Thread-safe.
/// </summary>
public sealed class NettingEngine
{
    private readonly TradeEngine _engine;
    private readonly ITradeStore _store;
    private readonly ITradeSigner _signer;
    private readonly ITradeLink _link;

    internal NettingEngine(TradeEngine engine, ITradeStore store, ITradeSigner signer, ITradeLink link) =>
        (_engine, _store, _signer, _link) = (engine, store, signer, link);

    /// <summary>The proposer's word, as far as it is known here; the proposer itself says no to what it does not know.</summary>
    /// <param name="plan">As the asking node has it.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="TradeException">The plan is not signed by its proposer, or this node recovers.</exception>
    public async Task<NettingDecision?> AnswerAsync(NettingPlan plan, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.Has(_signer.Did))
        {
            throw new TradeException(TradeCodes.Parties, "This node is no part of that netting.");
        }

        await VerifyAsync(plan, ct);
        if ((await _store.NettingAsync(plan.Id, ct))?.Decision is { } known)
        {
            return known;
        }

        // A node that was put back may learn the word yet from the one that it paid by it.
        var debtor = plan.DebtorOf(_signer.Did);
        if (!_engine.IsConfirmed(debtor))
        {
            throw new TradeException(TradeCodes.Recovering, "This node waits for a peer to say what it holds.");
        }

        if (plan.Proposer != _signer.Did || await _store.NettingAsync(plan.Id, ct) is not null)
        {
            return null;
        }

        return await _link.AskNettingAsync(debtor, plan, ct) is { } forgotten
            ? await CheckedAsync(plan, forgotten, ct)
            : await _engine.WriteAsync(debtor, (w, d, c) => d.Nettings.EntombAsync(w, plan, c), ct);
    }

    /// <summary>Does what is due with a peer.</summary>
    internal async Task RoundAsync(string peerDid, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var netting in await _store.OpenNettingsAsync(ct))
        {
            var act = NettingRules.Next(netting, _signer.Did, peerDid, now);
            if (act is not null)
            {
                // Who was put back may have forgotten the decision, and the peer may know it.
                var decides = act is NettingAct.DecideCommit or NettingAct.DecideAbort;
                if ((decides || (act == NettingAct.Reject && netting.Decision is null)) && await AskAsync(peerDid, netting, ct))
                {
                    continue;
                }

                // Before it was put back it may have offered its own leg, and promised this one.
                var mayRefuse = decides || _engine.IsConfirmed(netting.Plan.DebtorOf(_signer.Did));

                await _engine.WriteAsync(
                    peerDid,
                    async (w, d, c) =>
                    {
                        await d.Nettings.AdvanceAsync(w, netting.Plan.Id, mayRefuse, c);
                        return true;
                    },
                    ct);
            }
        }
    }

    /// <summary>Asks for the proposer's word where it should have come: this peer, and the proposer.</summary>
    internal async Task AskAsync(string peerDid, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var netting in await _store.OpenNettingsAsync(ct))
        {
            var plan = netting.Plan;
            var isNeighbour = peerDid == plan.DebtorOf(_signer.Did) || peerDid == plan.CreditorOf(_signer.Did);
            if (isNeighbour && NettingRules.IsAsked(netting, _signer.Did, now) && !await TryAskAsync(peerDid, netting, peerDid, ct)
                && peerDid != plan.Proposer)
            {
                await TryAskAsync(plan.Proposer, netting, peerDid, ct);
            }
        }
    }

    // Whoever is asked may be away, or recover; what else is between this node and the peer goes on.
    private async Task<bool> TryAskAsync(string did, Netting netting, string learntWith, CancellationToken ct)
    {
        try
        {
            return await AskAsync(did, netting, ct, learntWith);
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Checks the signatures of proposers that a message carries.</summary>
    internal async Task<TradeMessage> VerifyAsync(TradeMessage message, CancellationToken ct)
    {
        var decision = (message.Body as PrepareBody)?.Decision ?? (message.Body as TransferBody)?.Decision;
        if (decision is not null)
        {
            await _signer.VerifyAsync(decision.Json, decision.From, ct);
        }

        if (message.Body is not PrepareBody { Netting: { } plan } body)
        {
            return message;
        }

        try
        {
            await _signer.VerifyAsync(plan.Json, plan.Proposer, ct);
            return message with { Body = body with { Netting = plan with { IsVerified = true } } };
        }
        catch (StatementException)
        {
            // Its peer may have no way to know that this node does not know the proposer: the leg is rejected.
            return message;
        }
    }

    private async Task<bool> AskAsync(string peerDid, Netting netting, CancellationToken ct, string? learntWith = null)
    {
        if (await _link.AskNettingAsync(peerDid, netting.Plan, ct) is not { } answer)
        {
            return false;
        }

        var decision = await CheckedAsync(netting.Plan, answer, ct);
        await _store.WriteAsync(
            learntWith ?? peerDid,
            async (w, c) =>
            {
                await NettingDesk.LearnAsync(w, netting.Plan.Id, decision, c);
                return true;
            },
            ct);
        return true;
    }

    private async Task VerifyAsync(NettingPlan plan, CancellationToken ct)
    {
        try
        {
            await _signer.VerifyAsync(plan.Json, plan.Proposer, ct);
        }
        catch (StatementException e)
        {
            throw new TradeException(e.Code, e.Message, e);
        }
    }

    private async Task<NettingDecision> CheckedAsync(NettingPlan plan, NettingDecision decision, CancellationToken ct)
    {
        if (decision.Netting != plan.Id || decision.From != plan.Proposer)
        {
            throw new TradeException(TradeCodes.Malformed, "The answer is about something else.");
        }

        try
        {
            await _signer.VerifyAsync(decision.Json, decision.From, ct);
            return decision;
        }
        catch (StatementException e)
        {
            throw new TradeException(e.Code, e.Message, e);
        }
    }
}
