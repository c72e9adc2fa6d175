namespace Coop.Federation.Peering;

/// <summary>Terms that are proposed and not yet in force.</summary>
/// <param name="Hash">Of the terms.</param>
/// <param name="Version">One more than those in force.</param>
/// <param name="By">Who proposed them.</param>
/// <param name="IsAccepted">Whether the other side has signed, too.</param>
public sealed record PendingTerms(string Hash, int Version, PeeringSide By, bool IsAccepted);
