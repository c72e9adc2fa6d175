using System.Globalization;
using Coop.Identity.Dids;
using Coop.Identity.Dids.Dns;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>A resolution for people: the verdict first, then what it rests on.</summary>
internal static class DidText
{
    public static void Write(IAnsiConsole console, DidOutcome outcome)
    {
        console.Profile.Width = ConsoleLines.Width;
        switch (outcome.ExitCode)
        {
            case DidOutcome.Resolved:
                console.MarkupLine("[green bold]✔ The DID resolves.[/]");
                break;
            case DidOutcome.Refused:
                console.MarkupLine("[red bold]✘ The DID is refused.[/]");
                break;
            default:
                console.MarkupLine("[yellow bold]? The DID could not be resolved.[/]");
                break;
        }

        if ((outcome.Resolution?.Detail ?? outcome.Reason) is { } detail)
        {
            console.Line(detail);
        }

        WriteFacts(console, outcome);
    }

    private static void WriteFacts(IAnsiConsole console, DidOutcome outcome)
    {
        console.Row("DID", outcome.Did);
        if (outcome.Resolution?.Code is { } code)
        {
            console.Row("Code", code);
        }

        if (outcome.Resolution is { } resolution)
        {
            WriteVersion(console, resolution.Metadata);
            WriteKeys(console, resolution.Document);
        }

        if (outcome.Dns is { } dns)
        {
            console.Row("DNS", Said(dns));
        }
    }

    private static void WriteVersion(IAnsiConsole console, DidMetadata metadata)
    {
        if (metadata.VersionId is not { } versionId)
        {
            return;
        }

        console.Row("Version", $"{versionId}, {Time(metadata.VersionTime)}");
        console.Row("History", $"begun {Time(metadata.Created)}, last changed {Time(metadata.Updated)}");
        if (metadata.IsDeactivated)
        {
            console.Row("Deactivated", "nobody can change it any more");
        }

        if (metadata.WitnessThreshold > 0)
        {
            console.Row("Witnesses", string.Create(CultureInfo.InvariantCulture, $"{metadata.WitnessThreshold} must approve each change"));
        }
    }

    private static void WriteKeys(IAnsiConsole console, DidDocument? document)
    {
        foreach (var method in document?.VerificationMethods ?? [])
        {
            var purposes = Enum.GetValues<VerificationPurpose>().Where(p => document!.Find(method.Id, p) is not null);
            console.Row("Key", $"{method.Id}: {method.Key.Type}, {string.Join(", ", purposes)}");
        }
    }

    private static string Said(DnsAssurance dns) => dns switch
    {
        DnsAssurance.Confirmed => "the domain names this DID, and DNSSEC vouches for it",
        DnsAssurance.Named => "the domain names this DID; DNSSEC does not vouch for it here",
        DnsAssurance.Absent => "the domain says nothing of DIDs",
        _ => "the domain names other DIDs, and not this one",
    };

    private static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
