namespace Coop.Node.Features.Accounts;

/// <summary>A member of the co-op, as ASP.NET Core Identity's user and as the API's.</summary>
/// <param name="Id">UUIDv7; also the user handle of the member's passkeys.</param>
/// <param name="Name">How the member wants to be called; personal data, never in a log entry.</param>
/// <param name="Pseudonym">22 characters, base64url of 16 random bytes: what the log shows instead.</param>
/// <param name="JoinedAt">When the member enrolled.</param>
/// <param name="Roles">In alphabetical order.</param>
public sealed record Member(
    Guid Id, string Name, string Pseudonym, DateTimeOffset JoinedAt, IReadOnlyList<string> Roles)
{
    /// <summary>The member in a log entry's actor and subject.</summary>
    public string Actor => Roles.Contains(Http.Roles.Guest) ? $"guest:{Pseudonym}" : $"member:{Pseudonym}";
}
