using System.Globalization;
using Coop.Federation.Log.Notes;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>What <c>verify</c> says of evidence, for people: the verdict first, then what it rests on.</summary>
internal static class EvidenceText
{
    public static void Write(IAnsiConsole console, EvidenceVerdict verdict)
    {
        if (verdict.Evidence is not { } evidence)
        {
            console.MarkupLine("[yellow bold]✘ This proves nothing.[/]");
            console.WriteLine($"  {VerifyText.Plain(verdict.Detail)} ({verdict.Code})");
            return;
        }

        console.MarkupLineInterpolated($"[red bold]✔ Proven: the log {VerifyText.Plain(evidence.LogKey.Name)} signed two histories.[/]");
        console.WriteLine("  " + verdict.Detail);
        VerifyText.Row(console, "Signed by", evidence.LogKey.ToString());
        WriteState(console, "Smaller", evidence.Smaller);
        WriteState(console, "Larger", evidence.Larger);
        if (evidence.Pinned is { } pin)
        {
            VerifyText.Row(console, "Whose key", $"{pin.Whose}, says {pin.By}: {pin.How}");
        }
        else
        {
            VerifyText.Row(console, "Whose key", "the file does not say; compare it with the co-op's own");
        }

        VerifyText.Row(console, "Id", evidence.Id);
    }

    private static void WriteState(IAnsiConsole console, string name, SignedNote note)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        VerifyText.Row(
            console,
            name,
            string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Size} entries, root {Convert.ToBase64String(checkpoint.Root.Span)}"));
    }
}
