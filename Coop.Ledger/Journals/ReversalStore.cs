using Coop.Ledger.Accounts;
using Npgsql;

namespace Coop.Ledger.Journals;

/// <summary>What a reversal takes back.</summary>
public static class ReversalStore
{
    public const string SelectOriginals = """
        SELECT p.journal_id, p.account_id, p.amount_minor, r.id IS NOT NULL
        FROM ledger_postings p
        LEFT JOIN ledger_journals r ON r.reverses = p.journal_id
        WHERE p.journal_id = ANY($1)
        ORDER BY p.journal_id, p.line
        """;

    /// <summary>Those of the journals that exist, with the opposite of their postings.</summary>
    public static async Task<Dictionary<JournalId, Original>> FindAsync(
        NpgsqlTransaction transaction, IEnumerable<JournalId> journals, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = new NpgsqlCommand(SelectOriginals, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = journals.Select(j => j.Value).Distinct().ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var originals = new Dictionary<JournalId, Original>();
        while (await reader.ReadAsync(ct))
        {
            var id = new JournalId(reader.GetGuid(0));
            if (!originals.TryGetValue(id, out var original))
            {
                originals.Add(id, original = new Original(reader.GetBoolean(3), []));
            }

            original.Opposite.Add(new(new AccountId(reader.GetGuid(1)), new Amount(checked(-reader.GetInt64(2)))));
        }

        return originals;
    }

    /// <param name="IsReversed">Whether another journal takes it back already.</param>
    /// <param name="Opposite">Its postings with their amounts turned round, line by line.</param>
    public sealed record Original(bool IsReversed, List<PostingDraft> Opposite);
}
