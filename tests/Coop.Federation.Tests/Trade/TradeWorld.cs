using Coop.Federation.Trade;

namespace Coop.Federation.Tests.Trade;

/// <summary>An error that the simulation must find.</summary>
internal enum TradeMutant
{
    None,

    /// <summary>A node goes on after its start without asking what it had signed.</summary>
    SignsWithoutAsking,

    /// <summary>A step is kept, and its effect on the books is not.</summary>
    LosesAnEffect,

    /// <summary>What was promised does not count against the limit.</summary>
    ForgetsPromisesInLimits,

    /// <summary>The payee's node gives a promise up by the clock.</summary>
    PayeeTimesOut,

    /// <summary>What the proposer of a netting decided is not kept.</summary>
    LosesDecisions,
}

/// <summary>Three co-ops that pay each other while everything fails. What happens comes from one seed.</summary>
internal sealed class TradeWorld
{
    public const long StartMinor = 10_000;
    public const long LimitMinor = 2_000;
    private const int MaxDepth = 2;

    private int _depth;
    private long _nextId;

    public TradeWorld(int seed, TradeMutant mutant)
    {
        (Random, Mutant) = (new Random(seed), mutant);
        Coops = [];
        for (byte i = 1; i <= 3; i++)
        {
            Coops.Add(new TradeCoop(this, i));
        }
    }

    public Random Random { get; }

    public TradeMutant Mutant { get; }

    public List<TradeCoop> Coops { get; }

    public DateTimeOffset Now { get; private set; } = TradeSamples.Now;

    /// <summary>Whether all is well from now on.</summary>
    public bool IsCalm { get; private set; }

    /// <summary>Requests that are still under way though their senders gave up.</summary>
    public List<(TradeCoop From, TradeCoop To, Func<Task> Call)> Late { get; } = [];

    public bool OneIn(int n) => Random.Next(n) == 0;

    public bool IsLost() => !IsCalm && OneIn(10);

    public bool IsDoubled() => !IsCalm && OneIn(10);

    public async Task MeanwhileAsync()
    {
        if (!IsCalm && _depth < MaxDepth && OneIn(3))
        {
            _depth++;
            try
            {
                await StepAsync();
            }
            finally
            {
                _depth--;
            }
        }
    }

    /// <summary>Lets one thing happen.</summary>
    public async Task StepAsync()
    {
        Now += TimeSpan.FromSeconds(Random.Next(20));
        var (from, to) = Two();
        try
        {
            await (Random.Next(100) switch
            {
                < 26 => PayAsync(from, to),
                < 29 => ProposeAsync(from, to),
                < 35 => ApproveAsync(),
                < 37 => CancelAsync(from, to),
                < 38 => ResolveAsync(from, to),
                < 85 => RoundAsync(from, to),
                < 92 => ArriveLateAsync(),
                < 95 => Do(from.BackUp),
                < 97 => Do(from.Restart),
                < 98 => Do(() => PutBack(from)),
                < 99 => from.Engine.AnswerAsync(to.Did, [NewId()], CancellationToken.None),
                _ => Do(() => Now += TimeSpan.FromHours(Random.Next(20))),
            });
        }
        catch (Exception e) when (e is SimCrash or SimLost)
        {
            // As it happens.
        }
        catch (TradeException e) when (e.Code is not (TradeCodes.Fork or TradeCodes.Breach or TradeCodes.Malformed or TradeCodes.Proof))
        {
            // Refused, as it may be.
        }
    }

    /// <summary>Each comes to owe the one before it, so that there is something to net.</summary>
    public async Task OweInARingAsync()
    {
        BeCalm();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < Coops.Count; i++)
            {
                var (from, to) = (Coops[(i + 1) % Coops.Count], Coops[i]);
                await RoundAsync(from, to);
                await RoundAsync(to, from);
                if (round == 0)
                {
                    var offer = new TradeOffer(
                        TradeKind.Payment, "EUR", 1000 + Random.Next(900), from.Members[0], to.Members[0], "", Now.AddHours(1), TradeHead.Start.Hash);
                    var id = NewId();
                    await from.Engine.WriteAsync(to.Did, (w, d, c) => d.PrepareAsync(w, id, offer, c), CancellationToken.None);
                }
            }
        }

        IsCalm = false;
    }

    /// <summary>Nothing fails from now on.</summary>
    public void BeCalm() => IsCalm = true;

    /// <summary>Lets everything that is under way end.</summary>
    public async Task SettleAsync()
    {
        BeCalm();
        Late.Clear();
        for (var i = 0; i < 30; i++)
        {
            Now += TimeSpan.FromHours(3);
            foreach (var from in Coops)
            {
                foreach (var to in Coops.Where(c => c != from))
                {
                    try
                    {
                        await RoundAsync(from, to);
                        await AgreeAsync(from, to);
                        await ApproveAsync();
                    }
                    catch (TradeException e) when (e.Code is TradeCodes.Recovering or TradeCodes.Gap)
                    {
                        // The other one has to speak first.
                    }
                }
            }
        }
    }

    /// <summary>What must hold in the end.</summary>
    public int RequireWhole()
    {
        var paid = 0;
        foreach (var coop in Coops)
        {
            foreach (var transfer in coop.Disk.Transfers.Values)
            {
                var other = Coops.Single(c => c.Did == transfer.PeerDid).Disk.Transfers.GetValueOrDefault(transfer.Id);
                Assert.True(transfer.IsFinal, $"{transfer.Id} is {transfer.State} for ever. {Story(transfer.Offer?.NettingId)}");
                Assert.Equal(
                    transfer.State is TransferState.Closed or TransferState.Credited,
                    other?.State is TransferState.Closed or TransferState.Credited);
                paid += transfer.State == TransferState.Closed ? 1 : 0;
            }

            Assert.Equal(0, coop.Disk.UnderWayMinor);
            foreach (var ((peer, unit), position) in coop.Disk.Positions)
            {
                var mirror = Coops.Single(c => c.Did == peer).Disk.Positions.GetValueOrDefault((coop.Did, unit));
                Assert.Equal(-position.MirrorMinor, mirror?.MirrorMinor ?? 0);
                Assert.Equal((0, 0), (position.ReservedMinor, position.PromisedMinor));
            }
        }

        Netted = Coops.SelectMany(c => c.Disk.Nettings.Keys).Distinct().Count(IsDone);
        Assert.Equal([0, 0, 0], Coops.Select(c => c.Disk.Accounts[c.Clearing]));
        Assert.Equal(Coops.Count * 3 * StartMinor, Coops.Sum(c => c.Disk.Accounts.Values.Sum()));
        return paid;
    }

    /// <summary>How many nettings were done.</summary>
    public int Netted { get; private set; }

    // All legs of a netting are paid, or none.
    private bool IsDone(Guid netting)
    {
        var legs = Coops.SelectMany(c => c.Disk.Transfers.Values.Where(t => t.Offer?.NettingId == netting)).ToList();
        var paid = legs.Count(t => t.State is TransferState.Closed or TransferState.Credited);
        Assert.True(paid == 0 || paid == 2 * Coops.Count, $"Of the netting {netting} {paid} halves of legs are paid. {Story(netting)}");
        return paid > 0;
    }

    private string Story(Guid? netting) => netting is not { } id ? "" : string.Join("; ", Coops.Select((c, i) =>
        c.Disk.NettingOf(id, c.Did) is { } n
            ? $"{i}{(n.Plan.Proposer == c.Did ? " proposed" : "")}: {n.Approval}, decision {n.Decision?.IsCommit}, in {n.In}, out {n.Out}"
            : $"{i}: unknown"));

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private (TradeCoop From, TradeCoop To) Two()
    {
        var from = Random.Next(Coops.Count);
        return (Coops[from], Coops[(from + 1 + Random.Next(Coops.Count - 1)) % Coops.Count]);
    }

    private Guid NewId() => new((int)_nextId++, 0, 7, new byte[8]);

    private Task<Transfer> PayAsync(TradeCoop from, TradeCoop to)
    {
        var offer = new TradeOffer(
            TradeKind.Payment, "EUR", 1 + Random.Next(700), from.Members[Random.Next(3)],
            OneIn(20) ? NewId() : to.Members[Random.Next(3)], "", Now.AddSeconds(10 + Random.Next(200)), TradeHead.Start.Hash);
        var id = NewId();
        return from.Engine.WriteAsync(to.Did, (w, d, c) => d.PrepareAsync(w, id, offer, c), CancellationToken.None);
    }

    // The ring through both, by what the proposer may know: the debt of its debtor.
    private Task<Netting> ProposeAsync(TradeCoop from, TradeCoop to)
    {
        var third = Coops.Single(c => c != from && c != to);
        if (MirrorOf(from, to) <= 0)
        {
            (to, third) = (third, to);
        }

        long[] debts = [MirrorOf(from, to), MirrorOf(to, third), MirrorOf(third, from)];
        var amount = Math.Max(1, OneIn(4) ? debts.Max() : debts.Min());
        var plan = NettingPlan.Sign(
            new SimTradeSigner(from), [from.Did, to.Did, third.Did], "EUR", amount, Now.AddHours(Random.Next(60)), NewId());
        return from.Engine.WriteAsync(to.Did, (w, d, c) => d.Nettings.ProposeAsync(w, plan, c), CancellationToken.None);
    }

    private static long MirrorOf(TradeCoop coop, TradeCoop peer) =>
        coop.Disk.Positions.GetValueOrDefault((peer.Did, "EUR"))?.MirrorMinor ?? 0;

    private async Task ApproveAsync()
    {
        foreach (var coop in Coops)
        {
            var waiting = coop.Disk.Nettings.Keys.Order().Select(id => coop.Disk.NettingOf(id, coop.Did)!)
                .Where(n => n is { Approval: NettingApproval.Waiting, Decision: null or { IsCommit: true } }
                    && (!IsCalm || n.Decision is not null) && !n.IsOver(coop.Did)).ToList();
            foreach (var netting in waiting)
            {
                var isApproved = netting.Decision is not null || !OneIn(8);
                await coop.Engine.WriteAsync(
                    netting.Plan.CreditorOf(coop.Did), (w, d, c) => d.Nettings.ApproveAsync(w, netting.Plan.Id, isApproved, c), CancellationToken.None);
            }
        }
    }

    // Both sides' people say the same, or the one says something alone; legs of nettings are not for them while the ring lives.
    private async Task ResolveAsync(TradeCoop from, TradeCoop to)
    {
        if (from.Disk.OpenWith(to.Did).OrderBy(t => t.Id).FirstOrDefault(t => t.Offer?.NettingId is null) is { } transfer)
        {
            var isPaid = OneIn(2);
            await SayAsync(from, to, transfer.Id, isPaid);
            await SayAsync(to, from, transfer.Id, isPaid);
        }
    }

    // Whoever has said something comes to terms with the other side.
    private static async Task AgreeAsync(TradeCoop from, TradeCoop to)
    {
        foreach (var transfer in from.Disk.OpenWith(to.Did).Where(t => t.OurWord is not null || t.TheirWord is not null).ToList())
        {
            await SayAsync(from, to, transfer.Id, false);
        }
    }

    private static Task SayAsync(TradeCoop one, TradeCoop other, Guid transfer, bool isPaid) =>
        one.Disk.Transfers.GetValueOrDefault(transfer) is { } known && ResolutionRules.MaySay(known, isPaid)
            ? one.Engine.WriteAsync(other.Did, (w, d, c) => d.ResolveAsync(w, transfer, isPaid, c), CancellationToken.None)
            : Task.CompletedTask;

    private static Task CancelAsync(TradeCoop from, TradeCoop to) =>
        from.Disk.OpenWith(to.Did).FirstOrDefault(t => t.State == TransferState.Prepared && t.Offer!.NettingId is null) is { } transfer
            ? from.Engine.WriteAsync(to.Did, (w, d, c) => d.CancelAsync(w, transfer.Id, c), CancellationToken.None)
            : Task.CompletedTask;

    private Task RoundAsync(TradeCoop from, TradeCoop to)
    {
        if (Mutant == TradeMutant.PayeeTimesOut)
        {
            GivePromisesUp(from, to);
        }

        return from.Engine.RoundAsync(to.Did, DateOnly.FromDateTime(Now.UtcDateTime), Now, CancellationToken.None);
    }

    private void GivePromisesUp(TradeCoop coop, TradeCoop peer)
    {
        foreach (var transfer in coop.Disk.OpenWith(peer.Did).Where(t => t.State == TransferState.Promised && Now > t.Offer!.ValidUntil))
        {
            var key = (peer.Did, "EUR");
            coop.Disk = coop.Disk with
            {
                Transfers = coop.Disk.Transfers.SetItem(transfer.Id, transfer with { State = TransferState.Aborted }),
                Positions = coop.Disk.Positions.SetItem(key, coop.Disk.Positions[key].After(TradeEffect.Forgive, transfer.Offer!.AmountMinor)),
            };
        }
    }

    // Only when nothing that the former life sent, or was sent, is under way any more: signed requests live minutes.
    private void PutBack(TradeCoop coop)
    {
        Late.RemoveAll(l => l.From == coop || l.To == coop);
        coop.PutBack();
    }

    private async Task ArriveLateAsync()
    {
        if (Late.Count > 0)
        {
            var index = Random.Next(Late.Count);
            var call = Late[index].Call;
            Late.RemoveAt(index);
            await call();
        }
    }
}
