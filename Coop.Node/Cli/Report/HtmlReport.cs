using Coop.Federation.Audit.Between;

namespace Coop.Node.Cli.Report;

/// <summary>
/// An audit of several nodes as one HTML file that needs nothing else: no script, no font, no picture from
/// elsewhere. It reads well on a screen and prints on A4.
/// </summary>
internal static class HtmlReport
{
    public static string Write(FederationReport report, DateTimeOffset now)
    {
        var facts = new ReportFacts(report);
        var verdict = FederationVerdict.Of(report);
        return Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{verdict.Sentence} Audit of {string.Join(", ", report.Nodes.Select(n => n.Name))}</title>
            <style>{new Html(ReportStyle.Css)}</style>
            </head>
            <body><main>
            {Banner(report, verdict, now)}
            {(report.IsFault ? ReportSections.Findings(facts) : Html.Empty)}
            {Picture(facts)}
            {Times(facts)}
            {(report.IsFault ? Html.Empty : ReportSections.Findings(facts))}
            {ReportSections.Nodes(facts)}
            {ReportSections.Pairs(facts)}
            {Footer(report)}
            </main></body>
            </html>

            """).Text;
    }

    private static Html Banner(FederationReport report, FederationVerdict verdict, DateTimeOffset now)
    {
        var state = verdict.ExitCode switch { AuditOutcome.Holds => "good", AuditOutcome.Fault => "bad", _ => "unsure" };
        var entries = report.Nodes.Sum(n => n.Audit?.Report.EntriesChecked ?? 0) + report.Pairs.Sum(p => p.Mirror?.Entries ?? 0);
        return Html.Of($"""
            <header class="{state}"><div class="sign">{ReportFacts.Sign(state)}</div><div>
            <h1>{verdict.Sentence}</h1>
            <p>{FederationVerdict.Count(report.Nodes.Count, "node")}, {FederationVerdict.Count(entries, "entry")} fetched and checked, copies included · {ReportFacts.Time(now)} UTC</p>
            </div></header>
            """);
    }

    private static Html Picture(ReportFacts facts) => Html.Of($"""
        <section class="picture"><h2>The federation</h2>
        <p class="lead">An arrow goes from whoever keeps a copy to whose log it is. The ring shows what a log is made of.</p>
        {new FederationPicture(facts).Draw()}
        <ul class="keys"><li><i class="stroke" style="color:{ReportStyle.Good}"></i>all agrees</li><li><i class="stroke" style="color:{ReportStyle.Bad}"></i>does not agree</li><li><i class="stroke" style="color:{ReportStyle.Unsure};border-top-style:dashed"></i>not active, or not checked</li></ul>
        </section>
        """);

    private static Html Times(ReportFacts facts)
    {
        var picture = new TimelinePicture(facts);
        return picture.IsEmpty ? Html.Empty : Html.Of($"""
            <section><h2>The logs over time</h2>
            <p class="lead">Entries by their own times (UTC, from {picture.FirstDay}). A line goes from the entry by which a co-op wrote down what it saw of another log to how far that log was. So each history vouches for the others.</p>
            {picture.Draw()}
            <ul class="keys">{Html.Join(ReportFacts.Families.Select(f => Html.Of($"<li><i style=\"background:{f.Colour}\"></i>{f.Name}</li>")))}<li><i class="stroke" style="color:#8861ba"></i>seen by another log</li></ul>
            </section>
            """);
    }

    private static Html Footer(FederationReport report) => Html.Of($"""
        <footer><p>Made by <code>coop audit {string.Join(' ', report.Nodes.Select(n => n.Address))}</code>, from outside and without an account: every entry was fetched, every hash computed anew, every signature verified. What the codes mean is said in specs/log-audit.md and specs/federation-audit.md. Run it yourself; nothing here has to be believed.</p></footer>
        """);
}
