namespace Coop.Federation.Trade;

/// <summary>The stable codes of refused trade messages and offers; specs/trade.md lists them.</summary>
public static class TradeCodes
{
    /// <summary>Not the JSON that it should be, or out of bounds.</summary>
    public const string Malformed = "malformed";

    /// <summary>Not from the peer that sent it, or not for this node.</summary>
    public const string Parties = "parties";

    /// <summary>Signed by nobody, by somebody else, or wrongly.</summary>
    public const string Proof = "proof";

    /// <summary>A message before this one is missing here.</summary>
    public const string Gap = "gap";

    /// <summary>Another message stands at this position already: the peer signed two.</summary>
    public const string Fork = "fork";

    /// <summary>The message does not follow from what both sides said before.</summary>
    public const string Breach = "breach";

    /// <summary>This node does not know yet what it signed before it started.</summary>
    public const string Recovering = "recovering";

    /// <summary>Nothing new is begun with this peer until people have looked at the evidence.</summary>
    public const string Frozen = "frozen";

    /// <summary>The peering does not allow trade now.</summary>
    public const string Peering = "peering";

    /// <summary>The unit is not one in which the payer's co-op has credit here, or that these books have.</summary>
    public const string Unit = "unit";

    /// <summary>The payer's co-op would owe more than the terms allow.</summary>
    public const string Limit = "limit";

    /// <summary>There is no such account to pay to.</summary>
    public const string Payee = "payee";

    /// <summary>The offer was over when it arrived.</summary>
    public const string Expired = "expired";

    /// <summary>The payer took it back.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The payer's node knew nothing of the transfer when it was asked about it.</summary>
    public const string Unknown = "unknown";

    /// <summary>The netting of which it is a leg ends without being done.</summary>
    public const string Netting = "netting";

    /// <summary>Both sides have signed what becomes of it.</summary>
    public const string Resolved = "resolved";

    /// <summary>As many transfers to this peer are under way as there may be.</summary>
    public const string Busy = "busy";

    /// <summary>Why a payee's node rejects an offer.</summary>
    public static readonly IReadOnlyList<string> Rejections = [Frozen, Peering, Unit, Limit, Payee, Expired, Netting];

    /// <summary>Why a payer's node aborts a transfer.</summary>
    public static readonly IReadOnlyList<string> Abortions = [Expired, Cancelled, Unknown, Netting, Resolved];
}
