using System.Text.Json;

namespace Coop.Node.Tests.Audit;

/// <summary>What the command line's audit answered.</summary>
public sealed record AuditRun(int ExitCode, JsonElement Answer)
{
    public string? Verdict => Answer.GetProperty("verdict").GetString();

    public string? Code => Answer.GetProperty("finding").GetProperty("code").GetString();

    public long Entry => Answer.GetProperty("finding").GetProperty("entry").GetInt64();

    public long LastEntry => Answer.GetProperty("finding").GetProperty("lastEntry").GetInt64();
}
