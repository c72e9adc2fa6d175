namespace Coop.Node.Features.Accounts;

/// <summary>The slice's endpoints.</summary>
public static class AccountsEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        PreviewInvitation.Map(api);
        StartRegistration.Map(api);
        Register.Map(api);
        StartAssertion.Map(api);
        SignIn.Map(api);
        SignOut.Map(api);
        ShowMe.Map(api);
        IssueToken.Map(api);
    }
}
