using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Commons;

/// <summary>Which peers have fetched the content of which event: those that are told when it is erased.</summary>
internal static class CommonsFetchStore
{
    private const string Insert = """
        INSERT INTO commons_fetches (event_id, peer_did, peer_name, fetched_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (event_id, peer_did) DO NOTHING
        """;

    private const string Select = "SELECT peer_did, peer_name FROM commons_fetches WHERE event_id = $1 ORDER BY peer_did";

    /// <summary>Written before the content goes out: who may have it is known, come what may.</summary>
    public static Task AddAsync(
        NpgsqlTransaction transaction, Guid eventId, string peerDid, string peerName, DateTimeOffset at, CancellationToken ct) =>
        transaction.Connection!.Command(Insert, eventId, peerDid, peerName, at).RunAsync(ct);

    public static Task<List<(string Did, string Name)>> ListAsync(NpgsqlConnection connection, Guid eventId, CancellationToken ct) =>
        connection.Command(Select, eventId).ListAsync(r => (r.GetString(0), r.GetString(1)), ct);
}
