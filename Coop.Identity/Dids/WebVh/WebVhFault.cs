namespace Coop.Identity.Dids.WebVh;

/// <summary>Where and how a history breaks.</summary>
/// <param name="VersionNumber">The first entry that does not hold, counted from 1; 0 for the whole file.</param>
/// <param name="Code">One of <see cref="WebVhCodes"/>.</param>
/// <param name="Detail">For people.</param>
public sealed record WebVhFault(int VersionNumber, string Code, string Detail);
