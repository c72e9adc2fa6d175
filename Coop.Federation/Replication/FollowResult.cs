using Coop.Federation.Audit;

namespace Coop.Federation.Replication;

/// <summary>What a turn of following a log came to.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="State">The copy afterwards, as far as this turn knows.</param>
/// <param name="Finding">What was refused, in the words of an audit; null unless <see cref="FollowOutcome.Refused"/>.</param>
/// <param name="Evidence">The proof; null unless <see cref="FollowOutcome.Equivocation"/>.</param>
public sealed record FollowResult(
    FollowOutcome Outcome, MirrorState State, Finding? Finding = null, EquivocationEvidence? Evidence = null);
