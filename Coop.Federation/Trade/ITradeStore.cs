namespace Coop.Federation.Trade;

/// <summary>What a node keeps of its trade with peers. Thread-safe.</summary>
public interface ITradeStore
{
    /// <summary>
    /// Runs a body in one serializable transaction. When this returns, everything that the body saved is durable
    /// together; when it throws, nothing is. The body may run several times.
    /// </summary>
    Task<T> WriteAsync<T>(string peerDid, Func<ITradeWrite, CancellationToken, Task<T>> body, CancellationToken ct);

    Task<TradePair> PairAsync(string peerDid, CancellationToken ct);

    /// <summary>Signed messages after a number, in their order, with the JSON as it is kept.</summary>
    /// <param name="peerDid">With whom.</param>
    /// <param name="isOwn">Whether those that this node signed, or the peer's.</param>
    /// <param name="after">The number before the first.</param>
    /// <param name="max">At most how many.</param>
    /// <param name="ct">Ends the waiting.</param>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> MessagesAsync(
        string peerDid, bool isOwn, long after, int max, CancellationToken ct);

    /// <summary>The transfers with a peer that are not final.</summary>
    Task<IReadOnlyList<Transfer>> OpenAsync(string peerDid, CancellationToken ct);

    /// <summary>A netting; null where it is not known.</summary>
    Task<Netting?> NettingAsync(Guid id, CancellationToken ct);

    /// <summary>The nettings that are not over.</summary>
    Task<IReadOnlyList<Netting>> OpenNettingsAsync(CancellationToken ct);
}

/// <summary>One transaction on the trade with one peer; nobody else changes that trade meanwhile.</summary>
public interface ITradeWrite
{
    DateTimeOffset Now { get; }

    /// <summary>As it is, with what this transaction has saved.</summary>
    Task<TradePair> PairAsync(CancellationToken ct);

    /// <summary>A transfer with this peer; ids of transfers with others mean nothing here.</summary>
    Task<Transfer?> FindAsync(Guid transfer, CancellationToken ct);

    /// <summary>Those that are not final.</summary>
    Task<IReadOnlyList<Transfer>> OpenAsync(CancellationToken ct);

    /// <summary>In every unit in which there was a transfer, in the order of the units.</summary>
    Task<IReadOnlyList<TradePosition>> PositionsAsync(CancellationToken ct);

    Task<TradeAllowance> AllowanceAsync(CancellationToken ct);

    /// <summary>The hash of a message at a position, base64; null where there is none.</summary>
    Task<string?> HashAsync(bool isOwn, long seq, CancellationToken ct);

    /// <summary>Whether these books can credit an offer: the unit and the account exist.</summary>
    Task<bool> CanCreditAsync(TradeOffer offer, CancellationToken ct);

    /// <summary>Keeps a message at the end of its chain, with all that it does.</summary>
    Task SaveAsync(TradeChange change, CancellationToken ct);

    /// <summary>A netting with its legs as they are; null where it is not known.</summary>
    Task<Netting?> NettingAsync(Guid id, CancellationToken ct);

    /// <summary>Keeps a netting's plan, approval and decision; its legs are kept with their messages.</summary>
    Task SaveNettingAsync(Netting netting, CancellationToken ct);

    /// <summary>The account in these books over which nettings in a unit go; opened where there is none.</summary>
    Task<Guid> ClearingAsync(string unit, CancellationToken ct);

    /// <summary>Keeps what a proposer signed against its own word.</summary>
    Task AccuseAsync(string did, ReadOnlyMemory<byte> evidence, CancellationToken ct);

    /// <summary>Keeps the day of this node's last statement.</summary>
    Task StateAsync(DateOnly day, CancellationToken ct);

    /// <summary>Keeps what a peer signed against its own word, and begins nothing new with it from now on.</summary>
    Task FreezeAsync(string code, ReadOnlyMemory<byte> evidence, CancellationToken ct);
}

/// <summary>A message and what it does.</summary>
/// <param name="IsOwn">Whether this node signed it.</param>
/// <param name="Message">What it says.</param>
/// <param name="Head">The chain with it.</param>
/// <param name="Json">As it was signed.</param>
/// <param name="After">The transfer after it; null where it is about none, or breaks the rules.</param>
/// <param name="Effect">What it does to the books.</param>
/// <param name="IsRecovered">Whether this node signed it before a restore: then the books may not refuse it.</param>
public sealed record TradeChange(
    bool IsOwn, TradeMessage Message, TradeHead Head, ReadOnlyMemory<byte> Json, Transfer? After, TradeEffect Effect,
    bool IsRecovered);

/// <summary>This node's key, and those of its peers. Thread-safe.</summary>
public interface ITradeSigner
{
    string Did { get; }

    System.Text.Json.Nodes.JsonObject Sign(System.Text.Json.Nodes.JsonObject body);

    /// <exception cref="Coop.Federation.Claims.StatementException">The author did not sign it.</exception>
    Task VerifyAsync(System.Text.Json.Nodes.JsonObject message, string author, CancellationToken ct);
}

/// <summary>Reaches peers; everything may fail and may have arrived all the same. Thread-safe.</summary>
public interface ITradeLink
{
    /// <summary>What the peer has taken of this node's chain.</summary>
    Task<TradeHead> HeadAsync(string peerDid, CancellationToken ct);

    /// <summary>Delivers messages, and answers as <see cref="HeadAsync"/>.</summary>
    Task<TradeHead> DeliverAsync(string peerDid, IReadOnlyList<ReadOnlyMemory<byte>> messages, CancellationToken ct);

    /// <summary>What the peer keeps: of its own chain, or of this node's.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> MessagesAsync(string peerDid, bool isOwn, long after, CancellationToken ct);

    /// <summary>Asks what became of transfers that were promised to the peer.</summary>
    Task AskAsync(string peerDid, IReadOnlyList<Guid> transfers, CancellationToken ct);

    /// <summary>Asks how a netting was decided; null where the peer does not know either.</summary>
    Task<NettingDecision?> AskNettingAsync(string peerDid, NettingPlan plan, CancellationToken ct);
}
