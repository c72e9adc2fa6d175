using System.Text.RegularExpressions;

namespace Coop.Node.Tests.Database.Dialect;

/// <summary>One thing that the shared dialect of PostgreSQL and CockroachDB does without.</summary>
/// <param name="Name">What is forbidden; exceptions name it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Pattern">Matches a statement, normalized, that does it.</param>
internal sealed record DialectRule(string Name, string Reason, Regex Pattern)
{
    public DialectRule(string name, string reason, string pattern)
        : this(name, reason, new Regex(pattern, RegexOptions.CultureInvariant))
    {
    }

    public bool IsBrokenBy(string normalized) => Pattern.IsMatch(normalized);
}
