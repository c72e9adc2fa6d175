namespace Coop.Node.Features.Presenting;

/// <summary>Why a presentation lets nobody in, beside the codes of the verifier (specs/exchange.md).</summary>
internal static class PresentationRefusal
{
    /// <summary>The person declined in the wallet.</summary>
    public const string Declined = "declined";

    /// <summary>It is no membership credential, or more or fewer than one.</summary>
    public const string NotMembership = "not-membership";

    /// <summary>Nobody could find out whether it is revoked.</summary>
    public const string NoStatus = "status-none";

    /// <summary>Who presents did not prove to be whom it was issued to.</summary>
    public const string NoHolder = "holder-unbound";

    /// <summary>The verifier could not say that it is valid.</summary>
    public const string NotValid = "not-valid";
}
