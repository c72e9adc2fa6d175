namespace Coop.Node.Features.Claims;

/// <summary>Where a node takes claims from its peers.</summary>
internal static class ClaimPaths
{
    public const string Claims = "/federation/claims";

    public static string Withdrawal(Guid id) => $"{Claims}/{id:D}/withdrawal";
}
