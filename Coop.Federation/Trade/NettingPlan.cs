using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Claims;

namespace Coop.Federation.Trade;

/// <summary>
/// What one co-op proposes to a ring of co-ops, each of which owes the one before it: that all debts shrink by the
/// same amount, or none. Signed by the proposer; specs/trade.md, Netting. Immutable.
/// </summary>
/// <param name="Ring">DIDs: the proposer first; each is owed by the next, the last by the first.</param>
/// <param name="Unit">The unit's code in all books.</param>
/// <param name="AmountMinor">By how much each debt shrinks, in minor units.</param>
/// <param name="ValidUntil">Until when the proposer may decide that it is done. It binds nobody else.</param>
/// <param name="Nonce">Makes equal plans two.</param>
public sealed record NettingPlan(IReadOnlyList<string> Ring, string Unit, long AmountMinor, DateTimeOffset ValidUntil, Guid Nonce)
{
    public const int MinRing = 3;
    public const int MaxRing = 16;

    internal const string Type = "netting-plan";

    private const int IdSizeBytes = 16;

    /// <summary>As it was signed.</summary>
    public required JsonObject Json { get; init; }

    /// <summary>Whether its proposer's signature was checked.</summary>
    public bool IsVerified { get; init; }

    /// <summary>Out of the hash of the plan, so that nobody signs two under one name.</summary>
    public Guid Id => IdOf(Statement.Hash(Json));

    public string Proposer => Ring[0];

    public bool Has(string did) => Ring.Contains(did, StringComparer.Ordinal);

    /// <summary>Who owes that co-op, and so is paid by it here.</summary>
    public string DebtorOf(string did) => Ring[(IndexOf(did) + 1) % Ring.Count];

    /// <summary>Whom that co-op owes.</summary>
    public string CreditorOf(string did) => Ring[(IndexOf(did) + Ring.Count - 1) % Ring.Count];

    /// <summary>The transfer by which that co-op forgives its debtor.</summary>
    public Guid LegOf(string did) => IdOf(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"coop-netting-leg/v1\n{Id:D}\n{IndexOf(did)}"))));

    /// <summary>A plan as its proposer signs it.</summary>
    public static NettingPlan Sign(
        ITradeSigner signer, IReadOnlyList<string> ring, string unit, long amountMinor, DateTimeOffset validUntil, Guid nonce)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var json = new JsonObject
        {
            ["v"] = Statement.Version,
            ["type"] = Type,
            ["from"] = signer.Did,
            ["ring"] = new JsonArray([.. ring.Select(did => (JsonNode)did)]),
            ["unit"] = unit,
            ["amountMinor"] = TradeMessage.Number(amountMinor),
            ["validUntil"] = Statement.ToText(validUntil),
            ["nonce"] = nonce.ToString("D"),
        };
        return NettingReader.ReadPlan(signer.Sign(json)) with { IsVerified = true };
    }

    private int IndexOf(string did) => Ring.TakeWhile(d => d != did).Count();

    // Version 8 of RFC 9562: the bits are ours.
    private static Guid IdOf(byte[] hash)
    {
        var bytes = hash[..IdSizeBytes];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>The proposer's one word on a netting, signed; every leg that ends carries it.</summary>
/// <param name="Netting">Which.</param>
/// <param name="From">The proposer.</param>
/// <param name="IsCommit">Whether all legs are paid, or none.</param>
/// <param name="Json">As it was signed.</param>
public sealed record NettingDecision(Guid Netting, string From, bool IsCommit, JsonObject Json)
{
    internal const string Type = "netting-decision";

    internal const string Commit = "commit";
    internal const string Abort = "abort";

    internal static NettingDecision Sign(ITradeSigner signer, Guid netting, bool isCommit) => NettingReader.ReadDecision(signer.Sign(new()
    {
        ["v"] = Statement.Version,
        ["type"] = Type,
        ["from"] = signer.Did,
        ["netting"] = netting.ToString("D"),
        ["outcome"] = isCommit ? Commit : Abort,
    }));
}
