using System.Diagnostics;
using System.Text.Json.Nodes;
using Coop.Node.Cli;

namespace Coop.Node.Demo;

/// <summary>The steps of a check, each with how it came out, for people as it goes and for programs at the end.</summary>
internal sealed class DemoSteps(Func<string, Task> tell)
{
    private readonly JsonArray _steps = [];

    /// <summary>Whether every step so far came out as it should.</summary>
    public bool IsGood { get; private set; } = true;

    /// <summary>Runs a step, unless one before it failed.</summary>
    /// <param name="name">What programs call it.</param>
    /// <param name="what">What people do.</param>
    /// <param name="step">Answers what there is to tell; a <see cref="DemoException"/> says that it did not come out.</param>
    public async Task RunAsync(string name, string what, Func<Task<JsonObject>> step)
    {
        if (!IsGood)
        {
            return;
        }

        await tell(what);
        var started = Stopwatch.GetTimestamp();
        var result = new JsonObject();
        string? reason = null;
        try
        {
            result = await step();
        }
        catch (DemoException e)
        {
            (IsGood, reason) = (false, e.Message);
        }

        _steps.Add((JsonNode)new JsonObject
        {
            ["name"] = name,
            ["ok"] = reason is null,
            ["seconds"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1),
            ["result"] = result,
            ["reason"] = reason,
        });
    }

    public string Write() => new JsonObject { ["ok"] = IsGood, ["steps"] = _steps.DeepClone() }.ToJsonString(AuditJson.Indented);
}
