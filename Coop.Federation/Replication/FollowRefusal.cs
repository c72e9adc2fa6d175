using Coop.Federation.Audit;

namespace Coop.Federation.Replication;

/// <summary>Ends a turn at the first thing that is not as the log signed it.</summary>
internal sealed class FollowRefusal(Finding finding) : Exception(finding.Detail)
{
    public Finding Finding { get; } = finding;
}
