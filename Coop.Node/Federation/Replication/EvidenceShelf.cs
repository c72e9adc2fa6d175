using Coop.Node.Database;

namespace Coop.Node.Federation.Replication;

/// <summary>The proofs that are kept, to be read. Thread-safe.</summary>
public sealed class EvidenceShelf(Transactions transactions)
{
    /// <summary>Far more than there can be of the logs that a node knows.</summary>
    private const int MaxListed = 1000;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<StoredEvidence>> ListAsync(CancellationToken ct) => await transactions.ReadAsync(
        (connection, token) => EvidenceTable.ListAsync(connection, MaxListed, token), ct);

    /// <summary>The evidence file, as JSON; null where there is none of that id.</summary>
    public Task<string?> FindAsync(string id, CancellationToken ct) => transactions.ReadAsync(
        (connection, token) => EvidenceTable.FindAsync(connection, id, token), ct);
}
