namespace Coop.Bench;

/// <summary>One measured figure.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of what, e.g. <c>1/s</c>, <c>ms</c>, or <c>ratio</c>.</param>
/// <param name="Goal">What it should be, as text; null for a figure that only gives scale.</param>
/// <param name="Met">Whether it is.</param>
internal sealed record Figure(string Name, double Value, string Unit, string? Goal = null, bool? Met = null)
{
    public static Figure AtLeast(string name, double value, string unit, double goal) =>
        new(name, value, unit, $"≥ {goal:N2}", value >= goal);

    public static Figure AtMost(string name, double value, string unit, double goal) =>
        new(name, value, unit, $"≤ {goal:N2}", value <= goal);
}
