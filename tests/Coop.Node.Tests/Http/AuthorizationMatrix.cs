namespace Coop.Node.Tests.Http;

/// <summary>Whom an endpoint serves.</summary>
public enum Audience
{
    Everyone,
    Members,
    Administrators,

    /// <summary>Members, by the cookie session alone.</summary>
    MembersInBrowser,
}

/// <summary>
/// Who may use each endpoint: one row for each, by method and route pattern. The tests fail when an
/// endpoint has no row, or another audience than its row says.
/// </summary>
internal static class AuthorizationMatrix
{
    public static IReadOnlyDictionary<string, Audience> Rows { get; } = new Dictionary<string, Audience>
    {
        // The node itself.
        ["GET /openapi/{documentName}.json"] = Audience.Everyone,

        ["ANY /health/live"] = Audience.Everyone,
        ["ANY /health/ready"] = Audience.Everyone,

        // The node's DID.
        ["GET /.well-known/did.jsonl"] = Audience.Everyone,
        ["GET /.well-known/did.json"] = Audience.Everyone,

        // Accounts.
        ["GET /.well-known/jwks.json"] = Audience.Everyone,
        ["POST /api/invitations/preview"] = Audience.Everyone,
        ["POST /api/passkeys/registration/options"] = Audience.Everyone,
        ["POST /api/passkeys/registration"] = Audience.Everyone,
        ["POST /api/passkeys/assertion/options"] = Audience.Everyone,
        ["POST /api/passkeys/assertion"] = Audience.Everyone,
        ["POST /api/sign-out"] = Audience.Everyone,
        ["GET /api/me"] = Audience.Members,
        ["POST /api/tokens"] = Audience.MembersInBrowser,

        // Members' DIDs: everybody's own.
        ["GET /api/me/dids"] = Audience.Members,
        ["POST /api/me/dids/challenges"] = Audience.Members,
        ["POST /api/me/dids"] = Audience.Members,
        ["DELETE /api/me/dids/{id:guid}"] = Audience.Members,

        // Members and invitations.
        ["GET /api/members"] = Audience.Members,
        ["PUT /api/members/{id:guid}/roles"] = Audience.Administrators,
        ["POST /api/invitations"] = Audience.Administrators,
        ["GET /api/invitations"] = Audience.Administrators,
        ["DELETE /api/invitations/{id:guid}"] = Audience.Administrators,

        // The log: for machines it is public, and so without payloads.
        ["GET /log/checkpoint"] = Audience.Everyone,
        ["GET /log/tile/{**path}"] = Audience.Everyone,
        ["GET /log/events/{id:guid}/receipt"] = Audience.Everyone,
        ["GET /.well-known/coop-node"] = Audience.Everyone,
        ["GET /api/log/events"] = Audience.Members,
        ["GET /api/log/events/{id:guid}"] = Audience.Members,

        // Governance. Who may edit, open and withdraw is its own rule.
        ["GET /api/proposals"] = Audience.Members,
        ["GET /api/proposals/{id:guid}"] = Audience.Members,
        ["POST /api/proposals"] = Audience.Members,
        ["PUT /api/proposals/{id:guid}"] = Audience.Members,
        ["POST /api/proposals/{id:guid}/open"] = Audience.Members,
        ["POST /api/proposals/{id:guid}/withdraw"] = Audience.Members,
        ["PUT /api/proposals/{id:guid}/vote"] = Audience.Members,
        ["GET /api/announcements"] = Audience.Members,
        ["POST /api/announcements"] = Audience.Administrators,
        ["PUT /api/announcements/{id:guid}/read"] = Audience.Members,

        // Ledger. What a member may post is the ledger's own rule.
        ["GET /api/ledger/units"] = Audience.Members,
        ["POST /api/ledger/units"] = Audience.Administrators,
        ["GET /api/ledger/accounts"] = Audience.Members,
        ["POST /api/ledger/accounts"] = Audience.Administrators,
        ["GET /api/ledger/accounts/{id:guid}"] = Audience.Members,
        ["GET /api/ledger/accounts/{id:guid}/postings"] = Audience.Members,
        ["GET /api/ledger/journals"] = Audience.Members,
        ["POST /api/ledger/journals"] = Audience.Members,
        ["GET /api/ledger/journals/{id:guid}"] = Audience.Members,
    };
}
