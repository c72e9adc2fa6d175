using System.Text.Json;
using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Database.Embedded;
using Coop.Node.Database.Migrations;
using Coop.Node.Features.Peers;
using Coop.Node.Features.Trade;
using Coop.Node.Federation;
using Coop.Node.Hosting;
using Coop.Node.Http;
using Coop.Node.Identity;
using Coop.Node.Log;
using Npgsql;

namespace Coop.Node.Cli;

/// <summary>What <c>peers</c> works with: the parts of a node that peerings need, without the node.</summary>
internal sealed class PeersDesk(IServiceProvider services)
{
    private const int NothingChanged = 1;

    private static readonly JsonSerializerOptions Indented = new(StrictJson.Options) { WriteIndented = true };

    private PeeringDesk Desk => services.GetRequiredService<PeeringDesk>();

    private Transactions Transactions => services.GetRequiredService<Transactions>();

    /// <summary>Opens the node's database and keys, and runs; answers the process's exit code.</summary>
    public static async Task<int> RunAsync(Func<PeersDesk, CancellationToken, Task> run, CancellationToken ct)
    {
        try
        {
            // What the node itself reads: environment and appsettings.json.
            var configuration = WebApplication.CreateBuilder().Configuration;
            var options = NodeOptions.From(configuration);
            KeysVerb.RequireNode(options);
            await using var database = await NodeDatabase.OpenBesideAsync(options, ct);
            await using var provider = Services(options, database, configuration);
            await provider.GetRequiredService<NodeIdentity>().StartAsync(ct);
            await run(new PeersDesk(provider), ct);
            return 0;
        }
        catch (Exception e) when (IsForTheOperator(e))
        {
            await Console.Error.WriteLineAsync($"Nothing was changed. {e.Message}");
            return NothingChanged;
        }
        catch (UnknownOutcomeException e)
        {
            await Console.Error.WriteLineAsync($"The database went away at the last step; look with peers list whether it was taken. {e.Message}");
            return NothingChanged;
        }
    }

    /// <summary>What this co-op and others owe each other.</summary>
    public async Task PositionsAsync(bool json, CancellationToken ct)
    {
        var rows = await Transactions.ReadAsync(PositionTable.ListAsync, ct);
        Show(json, rows.ConvertAll(TradePositionView.Of), () => TradeText.Positions(rows));
    }

    /// <summary>Transfers with other co-ops, newest first; or those that are not final.</summary>
    public async Task TransfersAsync(bool onlyOpen, bool json, CancellationToken ct)
    {
        const int maxRows = 200;
        var views = (await Transactions.ReadAsync(
            (c, t) => onlyOpen ? TransferTable.ListAllOpenAsync(c, maxRows, t) : TransferTable.ListAsync(c, null, maxRows, null, t), ct))
            .ConvertAll(TransferView.Of);
        Show(json, views, () => TradeText.Transfers(views));
    }

    /// <summary>Nettings with other co-ops, newest first.</summary>
    public async Task NettingsAsync(bool json, CancellationToken ct)
    {
        const int maxRows = 200;
        var did = services.GetRequiredService<NodeIdentity>().Did;
        var views = (await Transactions.ReadAsync((c, t) => NettingTable.ListAsync(c, did, maxRows, t), ct))
            .ConvertAll(r => NettingView.Of(r, did));
        Show(json, views, () => TradeText.Nettings(views));
    }

    public async Task ListAsync(bool json, CancellationToken ct)
    {
        var views = (await Transactions.ReadAsync(PeeringStore.ListAllAsync, ct)).ConvertAll(PeeringView.Of);
        Show(json, new ListPeers.Response(views), () => PeersText.List(views));
    }

    public async Task PreviewAsync(string other, bool json, CancellationToken ct)
    {
        var preview = PreviewPeer.Of(await services.GetRequiredService<PeerIntroduction>().PreviewAsync(other, ct));
        Show(json, preview, () => PeersText.Preview(preview));
    }

    public async Task ProposeAsync(string other, PeeringGrant grant, string? fingerprint, bool json, CancellationToken ct) =>
        Show(json, await Desk.ProposeAsync(other, grant, grant, fingerprint, PeeringBook.Operator, ct));

    public async Task AcceptAsync(string which, bool json, CancellationToken ct)
    {
        var record = await FindAsync(which, ct);
        var hash = record.Standing.Pending is { By: PeeringSide.Them } pending
            ? pending.Hash
            : throw ProblemTypes.PeeringState.With("There are no terms that wait for this co-op.");
        Show(json, await Desk.AcceptAsync(record.Id, hash, PeeringBook.Operator, ct));
    }

    public async Task StepAsync(
        string which, Func<PeeringDesk, Guid, CancellationToken, Task<PeeringRecord>> take, bool json, CancellationToken ct) =>
        Show(json, await take(Desk, (await FindAsync(which, ct)).Id, ct));

    /// <summary>By its id; or the one that has not ended, by the other co-op's DID, address or host name.</summary>
    private async Task<PeeringRecord> FindAsync(string which, CancellationToken ct)
    {
        var open = await Transactions.ReadAsync(PeeringStore.ListOpenAsync, ct);
        var text = which.TrimEnd('/');
        var found = open.FindAll(r => r.Id.ToString("D") == text || r.PeerDid == text
            || r.Peer.AddressText == text || r.Peer.Address.Authority == text);
        return found is [var one] ? one : throw ProblemTypes.NotFound.With($"There is no peering with {which} that has not ended.");
    }

    private static ServiceProvider Services(NodeOptions options, NodeDatabase database, IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton(options);
        services.AddSingleton(database.DataSource);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<SequencerSignal>();
        services.AddSingleton<Transactions>();
        services.AddSingleton<FederationMetrics>();
        services.AddMetrics();
        services.AddLogging();
        services.AddIdentity(configuration);
        services.AddFederation();
        return services.BuildServiceProvider();
    }

    private static void Show(bool json, PeeringRecord record)
    {
        var view = PeeringView.Of(record);
        Show(json, view, () => PeersText.Taken(view));
    }

    private static void Show<T>(bool json, T value, Action write)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(value, Indented));
        }
        else
        {
            write();
        }
    }

    private static bool IsForTheOperator(Exception e) => e is RefusalException or EmbeddedPostgresException or MigrationException
        or NpgsqlException or BusyException or IOException or UnauthorizedAccessException or FormatException
        or OperationCanceledException or PeeringException;
}
