namespace Coop.Node.Features.Invitations;

/// <summary>A place in the co-op that is offered to whoever holds the link.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Roles">What the new member will be.</param>
/// <param name="Note">A reminder of whom it is for, which the invited never see.</param>
/// <param name="FirstAdministrator">Issued by the node itself, while it has no administrator.</param>
/// <param name="CreatedAt">When it was issued.</param>
/// <param name="ExpiresAt">From then on it is void.</param>
/// <param name="UsedBy">The member who joined by it.</param>
/// <param name="RevokedAt">When somebody, or a later start of the node, took it back.</param>
public sealed record Invitation(
    Guid Id,
    IReadOnlyList<string> Roles,
    string? Note,
    bool FirstAdministrator,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    Guid? UsedBy,
    DateTimeOffset? RevokedAt)
{
    public string Subject => $"invitation:{Id:D}";

    public InvitationStatus StatusAt(DateTimeOffset now) => this switch
    {
        { UsedBy: not null } => InvitationStatus.Used,
        { RevokedAt: not null } => InvitationStatus.Revoked,
        _ => now < ExpiresAt ? InvitationStatus.Open : InvitationStatus.Expired,
    };
}
