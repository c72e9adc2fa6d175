namespace Coop.Node.Tests.Http;

/// <summary>Whom an endpoint serves.</summary>
public enum Audience
{
    Everyone,
    Members,

    /// <summary>Members, and guests from other co-ops.</summary>
    MembersAndGuests,
    Administrators,

    /// <summary>Administrators and secretaries.</summary>
    Office,

    /// <summary>Administrators and treasurers.</summary>
    Bookkeepers,

    /// <summary>Members, who see and change what is their own; an auditor has no such thing.</summary>
    MembersOfTheirOwn,

    /// <summary>Whoever has an access token for this endpoint alone; a session or a token of the API is none.</summary>
    HolderOfAccessToken,

    /// <summary>Other nodes, by their signature; a session or a token of the API is none.</summary>
    Peers,

    /// <summary>Members, by the cookie session alone.</summary>
    MembersInBrowser,
}

/// <summary>
/// Who may use each endpoint: one row for each, by method and route pattern. The tests fail when an
/// endpoint has no row, or another audience than its row says. Auditors read (GET) what any of these may read,
/// and change nothing.
/// </summary>
internal static class AuthorizationMatrix
{
    public static IReadOnlyDictionary<string, Audience> Rows { get; } = new Dictionary<string, Audience>
    {
        // The node itself.
        ["GET /openapi/{documentName}.json"] = Audience.Everyone,

        ["ANY /health/live"] = Audience.Everyone,
        ["ANY /health/ready"] = Audience.Everyone,
        ["ANY /metrics"] = Audience.HolderOfAccessToken,

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
        ["GET /api/me"] = Audience.MembersAndGuests,
        ["POST /api/tokens"] = Audience.MembersInBrowser,

        // Members' DIDs: everybody's own.
        ["GET /api/me/dids"] = Audience.MembersOfTheirOwn,
        ["POST /api/me/dids/challenges"] = Audience.Members,
        ["POST /api/me/dids"] = Audience.Members,
        ["DELETE /api/me/dids/{id:guid}"] = Audience.Members,
        ["POST /api/me/presentations/requests"] = Audience.Members,
        ["POST /api/me/presentations"] = Audience.Members,
        ["GET /api/me/presentations"] = Audience.MembersOfTheirOwn,

        // Copies of other logs, and what is proven about them.
        ["GET /federation/mirrors"] = Audience.Everyone,
        ["GET /federation/mirrors/{id}/checkpoint"] = Audience.Everyone,
        ["GET /federation/mirrors/{id}/tile/{**path}"] = Audience.Everyone,
        ["GET /federation/evidence"] = Audience.Everyone,
        ["GET /federation/evidence/{id}"] = Audience.Everyone,
        ["POST /federation/evidence"] = Audience.Peers,
        ["POST /federation/pokes"] = Audience.Peers,
        ["GET /api/mirrors"] = Audience.Members,

        // Members and invitations.
        ["GET /api/members"] = Audience.Members,
        ["PUT /api/members/{id:guid}/roles"] = Audience.Administrators,
        ["POST /api/invitations"] = Audience.Office,
        ["GET /api/invitations"] = Audience.Office,
        ["DELETE /api/invitations/{id:guid}"] = Audience.Office,

        // The log: for machines it is public, and so without payloads.
        ["GET /log/checkpoint"] = Audience.Everyone,
        ["GET /log/checkpoint/witnessed"] = Audience.Everyone,
        ["GET /log/policy"] = Audience.Everyone,
        ["GET /federation/peers"] = Audience.Everyone,
        ["POST /federation/peerings"] = Audience.Peers,
        ["POST /federation/peerings/{id:guid}/steps"] = Audience.Peers,
        ["GET /federation/peerings/{id:guid}"] = Audience.Peers,
        ["GET /log/events/{id:guid}/payload"] = Audience.Everyone,
        ["POST /witness/add-checkpoint"] = Audience.Everyone,
        ["GET /witness/{originHash}/checkpoint"] = Audience.Everyone,
        ["GET /log/tile/{**path}"] = Audience.Everyone,
        ["GET /log/events/{id:guid}/receipt"] = Audience.Everyone,
        ["GET /.well-known/coop-node"] = Audience.Everyone,
        ["GET /api/log/checkpoint"] = Audience.Members,
        ["GET /api/log/events"] = Audience.Members,
        ["GET /api/log/events/{id:guid}"] = Audience.Members,

        // Peers.
        ["GET /federation/seen"] = Audience.Peers,
        ["POST /federation/claims"] = Audience.Peers,
        ["GET /federation/claims/{id:guid}/receipt"] = Audience.Peers,
        ["POST /federation/claims/{id:guid}/withdrawal"] = Audience.Peers,
        ["GET /federation/commons"] = Audience.Peers,
        ["GET /federation/payloads/{hash}"] = Audience.Peers,
        ["POST /federation/erasures"] = Audience.Peers,
        ["GET /federation/trade/head"] = Audience.Peers,
        ["GET /federation/trade/messages"] = Audience.Peers,
        ["POST /federation/trade/messages"] = Audience.Peers,
        ["POST /federation/trade/questions"] = Audience.Peers,
        ["POST /federation/trade/nettings"] = Audience.Peers,
        ["GET /federation/trade/debts"] = Audience.Peers,

        // Trade with other co-ops. A member sees their own transfers.
        ["GET /api/trade/peers"] = Audience.Members,
        ["GET /api/trade/transfers"] = Audience.Members,
        ["POST /api/trade/transfers"] = Audience.Members,
        ["GET /api/trade/transfers/{id:guid}"] = Audience.Members,
        ["POST /api/trade/transfers/{id:guid}/cancellation"] = Audience.Members,
        ["POST /api/trade/settlements"] = Audience.Bookkeepers,
        ["GET /api/trade/in-doubt"] = Audience.Bookkeepers,
        ["GET /api/trade/statements"] = Audience.Bookkeepers,
        ["POST /api/trade/thawing"] = Audience.Administrators,
        ["POST /api/trade/transfers/{id:guid}/resolution"] = Audience.Bookkeepers,
        ["GET /api/trade/nettings"] = Audience.Bookkeepers,
        ["GET /api/trade/netting-proposals"] = Audience.Bookkeepers,
        ["POST /api/trade/nettings"] = Audience.Bookkeepers,
        ["POST /api/trade/nettings/{id:guid}/approval"] = Audience.Bookkeepers,

        // Governance. Who may edit, open and withdraw is its own rule.
        ["GET /api/proposals"] = Audience.MembersAndGuests,
        ["GET /api/proposals/{id:guid}"] = Audience.MembersAndGuests,
        ["POST /api/proposals"] = Audience.Members,
        ["PUT /api/proposals/{id:guid}"] = Audience.Members,
        ["POST /api/proposals/{id:guid}/open"] = Audience.Members,
        ["POST /api/proposals/{id:guid}/withdraw"] = Audience.Members,
        ["PUT /api/proposals/{id:guid}/vote"] = Audience.Members,
        ["GET /api/announcements"] = Audience.MembersAndGuests,
        ["POST /api/announcements"] = Audience.Office,
        ["PUT /api/announcements/{id:guid}/read"] = Audience.Members,

        // Share capital. Whose shares a member may see and give notice on is its own rule.
        ["GET /api/shares/classes"] = Audience.Members,
        ["POST /api/shares/classes"] = Audience.Bookkeepers,
        ["POST /api/shares/requests"] = Audience.Members,
        ["POST /api/shares/requests/{id:guid}/withdrawal"] = Audience.Members,
        ["POST /api/shares/requests/{id:guid}/acceptance"] = Audience.Bookkeepers,
        ["POST /api/shares/requests/{id:guid}/refusal"] = Audience.Bookkeepers,
        ["GET /api/shares/requests"] = Audience.Bookkeepers,
        ["POST /api/shares/subscriptions"] = Audience.Bookkeepers,
        ["POST /api/shares/payments"] = Audience.Bookkeepers,
        ["POST /api/shares/transfers"] = Audience.Bookkeepers,
        ["POST /api/shares/notices"] = Audience.Members,
        ["POST /api/shares/notices/{id:guid}/withdrawal"] = Audience.Members,
        ["POST /api/shares/notices/{id:guid}/redemption"] = Audience.Bookkeepers,
        ["GET /api/shares/notices"] = Audience.Bookkeepers,
        ["GET /api/shares/holdings"] = Audience.Bookkeepers,
        ["GET /api/shares/members/{id:guid}"] = Audience.Members,

        // Ledger. What a member may post is the ledger's own rule.
        ["GET /api/ledger/units"] = Audience.Members,
        ["POST /api/ledger/units"] = Audience.Bookkeepers,
        ["GET /api/ledger/accounts"] = Audience.Members,
        ["POST /api/ledger/accounts"] = Audience.Bookkeepers,
        ["GET /api/ledger/accounts/{id:guid}"] = Audience.Members,
        ["GET /api/ledger/accounts/{id:guid}/postings"] = Audience.Members,
        ["GET /api/ledger/journals"] = Audience.Members,
        ["POST /api/ledger/journals"] = Audience.Members,
        ["POST /api/ledger/journals/batch"] = Audience.Members,
        ["POST /api/ledger/journals/{id:guid}/reverse"] = Audience.Bookkeepers,
        ["PUT /api/ledger/accounts/{id:guid}"] = Audience.Bookkeepers,
        ["POST /api/ledger/accounts/{id:guid}/close"] = Audience.Bookkeepers,
        ["GET /api/ledger/pending"] = Audience.Members,
        ["POST /api/ledger/pending"] = Audience.Members,
        ["GET /api/ledger/pending/{id:guid}"] = Audience.Members,
        ["POST /api/ledger/pending/{id:guid}/post"] = Audience.Members,
        ["POST /api/ledger/pending/{id:guid}/void"] = Audience.Members,
        ["POST /api/patronage/records"] = Audience.Bookkeepers,
        ["GET /api/patronage/periods/{period}"] = Audience.Bookkeepers,
        ["GET /api/patronage/mine"] = Audience.MembersOfTheirOwn,
        ["GET /api/patronage/members/{id:guid}"] = Audience.Bookkeepers,
        ["POST /api/surplus/preview"] = Audience.Bookkeepers,
        ["POST /api/surplus/distributions"] = Audience.Bookkeepers,
        ["GET /api/surplus/distributions"] = Audience.Members,
        ["GET /api/ledger/periods"] = Audience.Members,
        ["POST /api/ledger/periods/close"] = Audience.Bookkeepers,
        ["POST /api/ledger/periods/reopenings"] = Audience.Bookkeepers,
        ["POST /api/ledger/periods/reopenings/{id:guid}/approve"] = Audience.Bookkeepers,
        ["GET /api/ledger/journals/{id:guid}"] = Audience.Members,
        ["GET /api/ledger/accounts/{id:guid}/balance"] = Audience.Members,
        ["GET /api/ledger/accounts/{id:guid}/statement"] = Audience.Members,
        ["GET /api/ledger/reports/trial-balance"] = Audience.Bookkeepers,
        ["GET /api/ledger/reports/balance-sheet"] = Audience.Bookkeepers,
        ["GET /api/ledger/reports/income-statement"] = Audience.Bookkeepers,
        ["GET /api/ledger/export/hledger"] = Audience.Bookkeepers,
        ["GET /api/ledger/export/beancount"] = Audience.Bookkeepers,
        ["GET /api/ledger/export/csv"] = Audience.Bookkeepers,
        ["GET /api/ledger/export/audit"] = Audience.Bookkeepers,
        ["POST /api/ledger/opening"] = Audience.Bookkeepers,

        // Bank statements.
        ["POST /api/ledger/accounts/{id:guid}/bank-statements"] = Audience.Bookkeepers,
        ["GET /api/ledger/accounts/{id:guid}/bank-statements"] = Audience.Bookkeepers,
        ["GET /api/ledger/accounts/{id:guid}/bank-lines"] = Audience.Bookkeepers,
        ["GET /api/ledger/accounts/{id:guid}/bank-rules"] = Audience.Bookkeepers,
        ["GET /api/ledger/accounts/{id:guid}/reconciliation"] = Audience.Bookkeepers,
        ["POST /api/ledger/bank-lines/{id:guid}/match"] = Audience.Bookkeepers,
        ["POST /api/ledger/bank-lines/{id:guid}/unmatch"] = Audience.Bookkeepers,
        ["POST /api/ledger/bank-lines/{id:guid}/book"] = Audience.Bookkeepers,
        ["DELETE /api/ledger/bank-rules/{id:guid}"] = Audience.Bookkeepers,
        ["GET /api/ledger/export/saft"] = Audience.Bookkeepers,

        // Credentials. Whose a member may issue, see and revoke is its own rule.
        ["POST /api/credentials"] = Audience.Members,
        ["GET /api/credentials"] = Audience.Office,
        ["DELETE /api/credentials/{id:guid}"] = Audience.Members,
        ["POST /api/credentials/{id:guid}/suspension"] = Audience.Office,
        ["DELETE /api/credentials/{id:guid}/suspension"] = Audience.Office,
        ["GET /api/me/credentials"] = Audience.MembersOfTheirOwn,
        ["GET /api/me/credentials/{id:guid}/{format}"] = Audience.MembersOfTheirOwn,
        ["POST /api/credential-offers"] = Audience.Members,
        ["GET /status/{list:long}/revocation"] = Audience.Everyone,
        ["GET /status/{list:long}/suspension"] = Audience.Everyone,
        ["GET /status/{list:long}/token"] = Audience.Everyone,

        // Wallets: OpenID4VCI and OpenID4VP. Their own tokens and states say who asks.
        ["GET /.well-known/openid-credential-issuer"] = Audience.Everyone,
        ["GET /.well-known/oauth-authorization-server"] = Audience.Everyone,
        ["GET /openid4vci/offers/{handle}"] = Audience.Everyone,
        ["POST /openid4vci/token"] = Audience.Everyone,
        ["POST /openid4vci/nonce"] = Audience.Everyone,
        ["POST /openid4vci/credential"] = Audience.HolderOfAccessToken,
        ["GET /openid4vp/requests/{id:guid}"] = Audience.Everyone,
        ["POST /openid4vp/responses/{id:guid}"] = Audience.Everyone,

        // Peerings: every member sees them.
        ["GET /api/peers"] = Audience.Members,
        ["GET /api/peers/{id:guid}"] = Audience.Members,
        ["POST /api/peers/preview"] = Audience.Administrators,
        ["POST /api/peers"] = Audience.Administrators,
        ["POST /api/peers/{id:guid}/terms"] = Audience.Administrators,
        ["POST /api/peers/{id:guid}/accept"] = Audience.Administrators,
        ["POST /api/peers/{id:guid}/decline"] = Audience.Administrators,
        ["POST /api/peers/{id:guid}/suspend"] = Audience.Administrators,
        ["GET /api/outbox"] = Audience.Administrators,
        ["POST /api/outbox/{id:guid}/send-again"] = Audience.Administrators,
        ["POST /api/peers/{id:guid}/resume"] = Audience.Administrators,
        ["POST /api/peers/{id:guid}/end"] = Audience.Administrators,
        ["GET /api/peer-blocks"] = Audience.Administrators,
        ["POST /api/peer-blocks"] = Audience.Administrators,
        ["DELETE /api/peer-blocks"] = Audience.Administrators,
        // Claims between co-ops, the commons. What a member may see and erase is its own rule.
        ["GET /api/me/consents"] = Audience.MembersOfTheirOwn,
        ["POST /api/me/consents"] = Audience.Members,
        ["DELETE /api/me/consents/{id:guid}"] = Audience.Members,
        ["GET /api/consents"] = Audience.Administrators,
        ["POST /api/claims"] = Audience.Administrators,
        ["GET /api/claims"] = Audience.Administrators,
        ["DELETE /api/claims/{id:guid}"] = Audience.Administrators,
        ["GET /api/received-claims"] = Audience.Members,
        ["GET /api/received-claims/{id:guid}"] = Audience.Members,
        ["GET /api/commons"] = Audience.Members,
        ["POST /api/commons/datasets"] = Audience.Administrators,
        ["POST /api/commons/events"] = Audience.Administrators,
        ["DELETE /api/commons/{id:guid}"] = Audience.Administrators,
        ["GET /api/commons/shared-with-us"] = Audience.Members,
        ["POST /api/commons/copies"] = Audience.Administrators,
        ["GET /api/commons/copies"] = Audience.Members,
        ["GET /api/commons/copies/{id:guid}"] = Audience.Members,
        ["POST /api/log/events/{id:guid}/erasure"] = Audience.Members,

        // Guests.
        ["POST /api/guest-sign-ins"] = Audience.Everyone,
        ["POST /api/guest-sign-ins/{id:guid}/outcome"] = Audience.Everyone,
        ["GET /api/trusted-issuers"] = Audience.Members,
        ["POST /api/trusted-issuers"] = Audience.Administrators,
        ["DELETE /api/trusted-issuers/{id:guid}"] = Audience.Administrators,
    };
}
