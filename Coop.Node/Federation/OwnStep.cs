using System.Text.Json.Nodes;
using Coop.Federation.Peering;

namespace Coop.Node.Federation;

/// <summary>A step that is about to be taken.</summary>
/// <param name="Step">Which.</param>
public sealed record OwnStep(PeeringStep Step)
{
    /// <summary>The terms that it brings, with the signatures that it brings.</summary>
    public SignedTerms? Terms { get; init; }

    /// <summary>The hash of the terms, where it only names them.</summary>
    public string? TermsHash { get; init; }

    /// <summary>What its people say about it.</summary>
    public string? Reason { get; init; }

    /// <summary>Which history of the peer's log its people chose, as the event says it; specs/peering.md lists the members.</summary>
    public JsonObject? History { get; init; }

    internal TermsMention? Mention =>
        Terms is { } terms ? TermsMention.Of(terms.Terms) : TermsHash is { } hash ? new TermsMention(hash, 0, null) : null;
}
