using System.Globalization;

namespace Coop.Node.Features.Trade;

/// <summary>The paths at peers: specs/trade.md.</summary>
internal static class TradePaths
{
    public const string Messages = "/federation/trade/messages";
    public const string Head = "/federation/trade/head";
    public const string Debts = "/federation/trade/debts";
    public const string Nettings = "/federation/trade/nettings";
    public const string Questions = "/federation/trade/questions";

    /// <summary>Of whose chain the messages are, as whoever asks sees it.</summary>
    public const string Yours = "yours";
    public const string Mine = "mine";

    public static string MessagesAfter(bool isMine, long after) => string.Create(
        CultureInfo.InvariantCulture, $"{Messages}?of={(isMine ? Mine : Yours)}&after={after}");
}
