namespace Coop.Federation.Witnessing;

/// <summary>A group of a policy: it has witnessed what at least so many of its members have.</summary>
/// <param name="Name">Its name inside of the policy.</param>
/// <param name="Threshold">1 to the number of members.</param>
/// <param name="Members">Names of witnesses and of groups that stand before it.</param>
public sealed record PolicyGroup(string Name, int Threshold, IReadOnlyList<string> Members);
