using Coop.Identity.Dids;
using Coop.Identity.Dids.Dns;

namespace Coop.Node.Cli;

/// <summary>How <c>did resolve</c> ended.</summary>
/// <param name="Did">As it was asked for.</param>
/// <param name="Resolution">Null where not even that was tried.</param>
/// <param name="Dns">Null where DNS was not asked, or did not answer.</param>
/// <param name="Reason">Why it could not be done.</param>
internal sealed record DidOutcome(string Did, DidResolution? Resolution, DnsAssurance? Dns, string? Reason)
{
    public const int Resolved = 0;
    public const int Refused = 1;
    public const int Unresolved = 2;

    public int ExitCode => Resolution switch
    {
        null => Unresolved,
        { Error: DidError.Unreachable or DidError.Refused or DidError.MethodNotSupported } => Unresolved,
        { IsResolved: false } => Refused,
        _ when Dns == DnsAssurance.Contradicted => Refused,
        _ => Reason is null ? Resolved : Unresolved,
    };

    public static DidOutcome Impossible(string did, string reason) => new(did, null, null, reason);
}
