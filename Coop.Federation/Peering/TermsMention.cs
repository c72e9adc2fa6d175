namespace Coop.Federation.Peering;

/// <summary>The terms that a step is about.</summary>
/// <param name="Hash">Theirs.</param>
/// <param name="Version">Theirs; only looked at when they are proposed.</param>
/// <param name="Previous">The hash of those that they replace; only looked at when they are proposed.</param>
public sealed record TermsMention(string Hash, int Version, string? Previous)
{
    public static TermsMention Of(PeeringTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Hash, terms.Version, terms.Previous);
    }
}
