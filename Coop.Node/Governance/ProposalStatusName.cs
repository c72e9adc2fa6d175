namespace Coop.Node.Governance;

/// <summary>The names of <see cref="ProposalStatus"/> in the database and in queries.</summary>
public static class ProposalStatusName
{
    public static string Of(ProposalStatus status) => status switch
    {
        ProposalStatus.Draft => "draft",
        ProposalStatus.Open => "open",
        ProposalStatus.Closed => "closed",
        ProposalStatus.Withdrawn => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static bool TryParse(string name, out ProposalStatus status)
    {
        (var known, status) = name switch
        {
            "draft" => (true, ProposalStatus.Draft),
            "open" => (true, ProposalStatus.Open),
            "closed" => (true, ProposalStatus.Closed),
            "withdrawn" => (true, ProposalStatus.Withdrawn),
            _ => (false, default),
        };
        return known;
    }

    /// <exception cref="FormatException">No status has this name.</exception>
    public static ProposalStatus Parse(string name) =>
        TryParse(name, out var status) ? status : throw new FormatException($"No status '{name}'.");
}
