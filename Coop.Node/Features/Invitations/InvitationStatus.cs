namespace Coop.Node.Features.Invitations;

/// <summary>What has become of an invitation.</summary>
public enum InvitationStatus
{
    /// <summary>Whoever holds the link can join.</summary>
    Open,

    /// <summary>Somebody joined by it.</summary>
    Used,

    /// <summary>It was taken back.</summary>
    Revoked,

    /// <summary>Nobody used it in time.</summary>
    Expired,
}
