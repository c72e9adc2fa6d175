using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Features.Announcements;
using Coop.Node.Features.Banking;
using Coop.Node.Features.Claims;
using Coop.Node.Features.Commons;
using Coop.Node.Features.Credentials;
using Coop.Node.Features.Dids;
using Coop.Node.Features.Erasure;
using Coop.Node.Features.Health;
using Coop.Node.Features.Invitations;
using Coop.Node.Features.Issuing;
using Coop.Node.Features.Ledger;
using Coop.Node.Features.LogView;
using Coop.Node.Features.Members;
using Coop.Node.Features.Metrics;
using Coop.Node.Features.Peers;
using Coop.Node.Features.Outbox;
using Coop.Node.Features.Patronage;
using Coop.Node.Features.Presenting;
using Coop.Node.Features.Proposals;
using Coop.Node.Features.Shares;
using Coop.Node.Features.StatusLists;
using Coop.Node.Features.Trade;
using Coop.Node.Features.Wallet;
using Coop.Node.Federation;
using Coop.Node.Federation.Replication;
using Coop.Node.Federation.Witnessing;
using Coop.Node.Http;
using Coop.Node.Identity;
using Coop.Node.Log;

namespace Coop.Node.Hosting;

/// <summary>What the node is made of: services first, then endpoints, slice by slice.</summary>
public static class Composition
{
    /// <summary>Registers every slice's services.</summary>
    public static void AddNode(this WebApplicationBuilder builder, NodeOptions options, NodeDatabase database)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(database);
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(database.DataSource);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Transactions>();
        services.AddKeyedSingleton(
            Transactions.Workers, (s, _) => ActivatorUtilities.CreateInstance<Transactions>(s, database.Workers));
        services.AddLog();
        services.AddWitnessing();
        services.AddIdentity(builder.Configuration);
        services.AddFederation();
        services.AddReplication(builder.Configuration);
        services.AddNodeHttp();
        services.AddHealth();
        services.AddNodeMetrics();
        var accounts = AccountOptions.From(builder.Configuration, options);
        services.AddAccounts(options, accounts);
        services.AddTrustedProxies(builder.Configuration);
        services.AddRateLimits(accounts, builder.Configuration);
        services.AddApiDocument();
        services.AddProposals();
        services.AddLedger();
        services.AddDids();
        services.AddWallet();
        services.AddCredentials();
        services.AddStatusLists();
        services.AddIssuing();
        services.AddPresenting();
        services.AddOutbox();
        services.AddClaims();
        services.AddCommons();
        services.AddErasure();
        services.AddTrade();
    }

    /// <summary>Maps every slice's endpoints.</summary>
    public static void MapNode(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseForwardedHeaders();
        app.UseWebClient();
        app.UseNodeHttp();
        app.MapApiDocument();
        app.MapHealth();
        app.MapMetrics(app.Services.GetRequiredService<NodeOptions>());
        ShowTokenKeys.Map(app);
        app.MapLog();
        app.MapWitnessing();
        app.MapFederation();
        app.MapReplication();
        app.MapIdentity();
        app.MapStatusLists();
        app.MapIssuing();
        app.MapPresentations();
        var api = app.MapGroup("/api");
        api.MapAccounts();
        api.MapDids();
        api.MapWallet();
        api.MapMembers();
        api.MapInvitations();
        api.MapLedger();
        api.MapBanking();
        api.MapShares();
        api.MapLogView();
        api.MapMirrors();
        api.MapProposals();
        api.MapAnnouncements();
        api.MapCredentials();
        OfferCredential.Map(api);
        api.MapPresenting();
        api.MapPeers();
        api.MapClaims();
        api.MapCommons();
        api.MapErasure();
        api.MapOutbox();
        api.MapTrade();
        api.MapPatronage();
        var federation = app.MapGroup(FederationSetup.Prefix);
        federation.MapClaimsOfPeers();
        federation.MapCommonsOfPeers();
        federation.MapErasureOfPeers();
        federation.MapTradeOfPeers();
    }
}
