namespace Coop.Node.Governance;

/// <summary>The names of <see cref="Choice"/> in the database and in event payloads.</summary>
public static class ChoiceName
{
    public static string Of(Choice choice) => choice switch
    {
        Choice.Yes => "yes",
        Choice.No => "no",
        Choice.Abstain => "abstain",
        _ => throw new ArgumentOutOfRangeException(nameof(choice)),
    };

    /// <exception cref="FormatException">No choice has this name.</exception>
    public static Choice Parse(string name) => name switch
    {
        "yes" => Choice.Yes,
        "no" => Choice.No,
        "abstain" => Choice.Abstain,
        _ => throw new FormatException($"No choice '{name}'."),
    };
}
