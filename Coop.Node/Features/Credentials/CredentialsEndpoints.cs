using Coop.Node.Features.Dids;

namespace Coop.Node.Features.Credentials;

/// <summary>Credentials about members: issued, listed, fetched, taken back.</summary>
public static class CredentialsEndpoints
{
    public static void AddCredentials(this IServiceCollection services)
    {
        services.AddSingleton<CredentialFacts>();
        services.AddSingleton<CredentialIssuing>();
        services.AddSingleton<CredentialDesk>();
        services.AddSingleton<CredentialSigning>();
        services.AddSingleton<IMemberDidFollower, DidFollower>();
    }

    public static void MapCredentials(this IEndpointRouteBuilder api)
    {
        IssueCredential.Map(api);
        ListCredentials.Map(api);
        RevokeCredential.Map(api);
        SuspendCredential.Map(api);
        ReinstateCredential.Map(api);
        ListMyCredentials.Map(api);
        ReadMyCredential.Map(api);
    }
}
