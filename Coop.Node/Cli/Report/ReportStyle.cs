namespace Coop.Node.Cli.Report;

/// <summary>How the report looks, on a screen and on paper.</summary>
internal static class ReportStyle
{
    public const string Good = "#1a7f4b";
    public const string Bad = "#b8322a";
    public const string Unsure = "#9a6700";
    public const string Quiet = "#8b949e";

    public const string Css = """
        :root { --ink: #1f2328; --quiet: #59636e; --line: #d1d9e0; --paper: #fff; --wash: #f6f8fa; --good: #1a7f4b; --bad: #b8322a; --unsure: #9a6700; }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--wash); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        main { max-width: 1040px; margin: 0 auto; padding: 24px 20px 56px; }
        header { border-radius: 12px; color: #fff; padding: 26px 30px; display: flex; gap: 22px; align-items: center; }
        header.good { background: var(--good); } header.bad { background: var(--bad); } header.unsure { background: var(--unsure); }
        header .sign { font-size: 46px; line-height: 1; width: 66px; height: 66px; border-radius: 50%; background: #ffffff2e; display: grid; place-items: center; flex: none; }
        header h1 { font-size: 25px; line-height: 1.25; margin: 0 0 6px; text-wrap: balance; }
        header p { margin: 0; opacity: .92; }
        section { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 20px 24px; margin-top: 18px; }
        h2 { font-size: 18px; margin: 0 0 4px; } h3 { font-size: 16px; margin: 0; }
        .lead { color: var(--quiet); margin: 0 0 14px; }
        svg { display: block; width: 100%; height: auto; font-family: inherit; }
        .finding { border-left: 4px solid var(--bad); padding: 2px 0 2px 14px; margin: 14px 0; break-inside: avoid; }
        .finding.note { border-color: var(--unsure); }
        .finding p { margin: 2px 0; overflow-wrap: anywhere; }
        .finding .where { color: var(--quiet); font-size: 13px; }
        code, .mono { font-family: ui-monospace, "SF Mono", "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: 12.5px; overflow-wrap: anywhere; }
        .code { font-weight: 600; }
        details { margin-top: 6px; } summary { cursor: pointer; color: var(--quiet); font-size: 13px; }
        pre { background: var(--wash); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 11.5px; line-height: 1.4; }
        .nodes { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 14px; margin-top: 12px; }
        .node { border: 1px solid var(--line); border-top: 4px solid var(--good); border-radius: 8px; padding: 14px 16px; break-inside: avoid; }
        .node.bad { border-top-color: var(--bad); } .node.unsure { border-top-color: var(--unsure); }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 3px 12px; margin: 10px 0 0; font-size: 13.5px; }
        dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
        th { text-align: left; color: var(--quiet); font-weight: 500; border-bottom: 1px solid var(--line); padding: 6px 10px 6px 0; white-space: nowrap; }
        td { border-bottom: 1px solid var(--line); padding: 7px 10px 7px 0; vertical-align: top; }
        tr { break-inside: avoid; } tr:last-child td { border-bottom: 0; }
        .ok { color: var(--good); font-weight: 600; } .no { color: var(--bad); font-weight: 600; } .maybe { color: var(--unsure); font-weight: 600; }
        .keys { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 10px 0 0; padding: 0; list-style: none; color: var(--quiet); font-size: 13px; }
        .keys i { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 6px; vertical-align: -1px; }
        .keys i.stroke { height: 0; width: 20px; border-radius: 0; border-top: 3px solid; vertical-align: 3px; background: none !important; }
        footer { color: var(--quiet); font-size: 13px; margin-top: 18px; }
        @page { size: A4; margin: 14mm 12mm; }
        @media print {
          body { background: #fff; font-size: 11pt; }
          main { max-width: none; padding: 0; }
          section { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 12px 0 4px; margin-top: 12px; }
          header { border-radius: 6px; padding: 16px 20px; } header h1 { font-size: 17pt; }
          h2 { break-after: avoid; } .lead { break-after: avoid; } svg { break-inside: avoid; }
          .picture svg { max-height: 120mm; } .nodes { grid-template-columns: 1fr 1fr; }
          details > pre { display: none; } summary { display: none; }
        }
        """;
}
