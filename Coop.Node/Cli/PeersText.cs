using System.Globalization;
using Coop.Federation.Peering;
using Coop.Identity.Dids.Dns;
using Coop.Node.Features.Peers;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>Peerings for people at a terminal.</summary>
internal static class PeersText
{
    private static IAnsiConsole Wide
    {
        get
        {
            AnsiConsole.Console.Profile.Width = ConsoleLines.Width;
            return AnsiConsole.Console;
        }
    }

    public static void List(IReadOnlyList<PeeringView> peerings)
    {
        var console = Wide;
        if (peerings.Count == 0)
        {
            console.Line("There are no peerings.");
        }

        foreach (var peering in peerings)
        {
            Write(console, peering);
        }
    }

    public static void Preview(PreviewPeer.Response preview)
    {
        var console = Wide;
        console.MarkupLine("[bold]This is who answers there. Compare the fingerprint over another way.[/]");
        Who(console, preview.Peer);
        console.Row("DNS", Said(preview.Dns));
        console.Row("Fingerprint", preview.Fingerprint);
        if (preview.PeeringId is { } id)
        {
            console.Row("Peering", $"{id:D}: there is one already");
        }
    }

    public static void Taken(PeeringView peering)
    {
        var console = Wide;
        console.MarkupLine("[green bold]✔ Taken.[/] The node tells the other co-op as soon as it runs.");
        Write(console, peering);
    }

    private static void Write(IAnsiConsole console, PeeringView peering)
    {
        Who(console, peering.Peer);
        console.Row("Peering", peering.Id.ToString("D"));
        console.Row("State", $"{peering.State.ToString().ToLowerInvariant()} since {Time(peering.Since)}{Waiting(peering)}");
        console.Row("Fingerprint", peering.Fingerprint);
        var terms = peering.InForce ?? peering.OnTable;
        if (terms is not null)
        {
            console.Row("We grant", Names(terms.Ours));
            console.Row("They grant", Names(terms.Theirs));
        }

        if (peering.Trouble is { } trouble)
        {
            console.Row("Trouble", trouble);
        }

        console.WriteLine();
    }

    private static void Who(IAnsiConsole console, PeerWho who)
    {
        console.Row("Co-op", $"{who.Name}, {who.Address}");
        console.Row("DID", who.Did);
        console.Row("Log", who.LogVkey);
    }

    private static string Waiting(PeeringView peering) => peering switch
    {
        { State: PeeringState.Ended } => "",
        { AwaitsUs: true } => "; waits for us to accept or end it",
        { OnTable: not null } => "; waits for the other co-op",
        _ => "",
    };

    private static string Names(GrantBody grant) =>
        grant.Scopes.Count == 0 ? "nothing" : string.Join(", ", grant.Scopes.Select(PeeringScopes.Name));

    private static string Said(DnsAssurance? dns) => dns switch
    {
        DnsAssurance.Confirmed => "the domain names this DID, and DNSSEC vouches for it",
        DnsAssurance.Named => "the domain names this DID",
        DnsAssurance.Absent => "the domain says nothing of DIDs",
        null => "not asked, or no answer",
        _ => "the domain names other DIDs, and not this one",
    };

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
