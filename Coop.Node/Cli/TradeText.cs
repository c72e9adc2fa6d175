using System.Globalization;
using Coop.Node.Features.Trade;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>One co-op's position in one unit, for programs.</summary>
/// <param name="Peer">The DID of the other co-op.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="NetMinor">What the other co-op owes this one; negative where this one owes it.</param>
/// <param name="ReservedMinor">Offered by this co-op and not decided.</param>
/// <param name="PromisedMinor">Promised by this co-op and not decided.</param>
internal sealed record TradePositionView(string Peer, string Unit, long NetMinor, long ReservedMinor, long PromisedMinor)
{
    public static TradePositionView Of(PositionRow row) => new(
        row.PeerDid, row.Position.Unit, row.Position.MirrorMinor, row.Position.ReservedMinor, row.Position.PromisedMinor);
}

/// <summary>Trade with other co-ops for people at a terminal. Amounts are in minor units.</summary>
internal static class TradeText
{
    private static IAnsiConsole Wide
    {
        get
        {
            AnsiConsole.Console.Profile.Width = ConsoleLines.Width;
            return AnsiConsole.Console;
        }
    }

    public static void Positions(IReadOnlyList<PositionRow> rows) => Each(rows, "There was no trade with other co-ops.", (console, row) =>
    {
        var position = row.Position;
        console.Row("Co-op", row.PeerDid);
        console.Row(
            position.MirrorMinor < 0 ? "We owe" : "They owe",
            string.Create(CultureInfo.InvariantCulture, $"{Int128.Abs(position.MirrorMinor)} {position.Unit}"));
        console.Row("Under way", string.Create(
            CultureInfo.InvariantCulture, $"{position.ReservedMinor} offered by us, {position.PromisedMinor} promised by us"));
    });

    public static void Transfers(IReadOnlyList<TransferView> transfers) => Each(transfers, "There are no transfers.", (console, transfer) =>
    {
        console.Row("Transfer", transfer.Id.ToString("D"));
        console.Row("Co-op", transfer.Peer);
        console.Row("Amount", string.Create(CultureInfo.InvariantCulture, $"{transfer.AmountMinor} {transfer.Unit}, we are the {Name(transfer.Role)}"));
        console.Row("State", $"{Name(transfer.State)} since {Time(transfer.ChangedAt)}{(transfer.Reason is { } why ? $", {why}" : "")}");
    });

    public static void Nettings(IReadOnlyList<NettingView> nettings) => Each(nettings, "There are no nettings.", (console, netting) =>
    {
        console.Row("Netting", netting.Id.ToString("D"));
        console.Row("Proposer", netting.IsOurs ? "this co-op" : netting.Proposer);
        console.Row("Ring", string.Join(" ", netting.Ring));
        console.Row("Amount", string.Create(CultureInfo.InvariantCulture, $"{netting.AmountMinor} {netting.Unit}, until {Time(netting.ValidUntil)}"));
        console.Row("State", $"{Name(netting.State)}{(netting.IsOver ? ", over" : "")}");
    });

    private static void Each<T>(IReadOnlyList<T> rows, string none, Action<IAnsiConsole, T> write)
    {
        var console = Wide;
        if (rows.Count == 0)
        {
            console.Line(none);
        }

        foreach (var row in rows)
        {
            write(console, row);
            console.WriteLine();
        }
    }

    private static string Name<T>(T value)
        where T : struct, Enum => TransferTable.Name(value);

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
