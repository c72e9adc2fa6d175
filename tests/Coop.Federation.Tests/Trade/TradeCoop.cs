using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Trade;
using Coop.Identity.Credentials;

namespace Coop.Federation.Tests.Trade;

/// <summary>One co-op: a process that may die, and a disk that may be put back.</summary>
internal sealed class TradeCoop
{
    private readonly List<TradeDisk> _backups = [];

    public TradeCoop(TradeWorld world, byte seed)
    {
        (World, Key) = (world, TradeSamples.KeyOf(seed));
        Disk = TradeDisk.Empty;
        for (byte i = 0; i < 3; i++)
        {
            Disk = Disk with { Accounts = Disk.Accounts.Add(new Guid(seed, i, 1, new byte[8]), TradeWorld.StartMinor) };
        }

        Clearing = new Guid(seed, 0, 2, new byte[8]);
        Disk = Disk with { Accounts = Disk.Accounts.Add(Clearing, 0) };
        _backups.Add(Disk);
        Engine = Start();
    }

    public TradeWorld World { get; }

    public IssuerKey Key { get; }

    public string Did => Key.Did;

    public TradeDisk Disk { get; set; }

    /// <summary>How often it was started.</summary>
    public int Life { get; private set; }

    /// <summary>How often a backup was put back.</summary>
    public int PutBacks { get; private set; }

    public TradeEngine Engine { get; private set; }

    public IReadOnlyList<Guid> Members => [.. Disk.Accounts.Keys.Where(a => a != Clearing).Order()];

    /// <summary>The account over which nettings go.</summary>
    public Guid Clearing { get; }

    public void MayDie()
    {
        if (!World.IsCalm && World.OneIn(60))
        {
            Restart();
            throw new SimCrash();
        }
    }

    public void Restart()
    {
        Life++;
        Engine = Start();
    }

    public void BackUp() => _backups.Add(Disk);

    /// <summary>Puts an old backup back; those that are younger belong to a history that is over.</summary>
    public void PutBack()
    {
        var index = World.Random.Next(_backups.Count);
        _backups.RemoveRange(index + 1, _backups.Count - index - 1);
        Disk = _backups[index];
        PutBacks++;
        Restart();
    }

    /// <summary>What must hold after each commit.</summary>
    public void Watch(SimTradeWrite write)
    {
        Assert.True(Disk.TotalMinor == 3 * TradeWorld.StartMinor, "Money was made or lost within one co-op's books.");
        foreach (var position in Disk.Positions.Values)
        {
            // What was promised and is not paid is within the limit, too.
            Assert.InRange(position.MirrorMinor + position.PromisedMinor, long.MinValue, TradeWorld.LimitMinor);
            Assert.InRange(-position.MirrorMinor, long.MinValue, TradeWorld.LimitMinor);
        }

        foreach (var change in write.Changes.Where(c => c is { IsOwn: false }))
        {
            Assert.True(change.Message.Body is not CountersignBody { Agrees: false }, "Honest books differ.");
        }

        Assert.True(World.IsCalm || Disk.Pairs.Values.All(pair => pair.Frozen is null), "Honest co-ops froze their trade.");
    }

    private TradeEngine Start()
    {
        var signer = new SimTradeSigner(this);
        return new(new SimTradeStore(this, Life), signer, new SimTradeLink(World, this, Life), new TradeDesk(signer));
    }
}

/// <summary>Real keys.</summary>
internal sealed class SimTradeSigner(TradeCoop coop) : ITradeSigner
{
    public string Did => coop.Did;

    public JsonObject Sign(JsonObject body) => Statement.Sign(body, coop.Key.Id, coop.Key.Key, coop.World.Now);

    public Task VerifyAsync(JsonObject message, string author, CancellationToken ct)
    {
        var key = coop.World.Coops.Single(c => c.Did == author).Key;
        Statement.KeyIdOf(message, author);
        Statement.Verify(message, key.Key.Public);
        return Task.CompletedTask;
    }
}
