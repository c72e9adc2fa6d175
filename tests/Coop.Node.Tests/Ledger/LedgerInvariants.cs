namespace Coop.Node.Tests.Ledger;

/// <summary>What holds of the stored books after every step, whatever was asked.</summary>
internal static class LedgerInvariants
{
    private const string CountBroken = """
        SELECT count(*) FROM (
          SELECT b.account_id
          FROM ledger_balances b
          LEFT JOIN ledger_postings p ON p.account_id = b.account_id
          WHERE b.account_id = ANY($1)
          GROUP BY b.account_id, b.balance_minor, b.posting_count
          HAVING b.balance_minor <> coalesce(sum(p.amount_minor), 0)
            OR b.posting_count <> count(p.line)
            OR b.posting_count <> coalesce(max(p.account_seq), 0)) AS broken
        """;

    private const string CountMisplaced = """
        SELECT count(*) FROM (
          SELECT p.balance_after, sum(p.amount_minor) OVER (
            PARTITION BY p.account_id ORDER BY p.account_seq) AS running
          FROM ledger_postings p
          WHERE p.account_id = ANY($1)) AS history
        WHERE balance_after <> running
        """;

    private const string CountMissingNumbers = """
        SELECT coalesce((SELECT max(next_number) - 1 FROM ledger_folios), 0)
          - (SELECT count(*) FROM ledger_journals WHERE number IS NOT NULL)
          - (SELECT count(*) FROM ledger_folios WHERE kind = 1)
        """;

    public static async Task AssertAsync(Func<string, object[], Task<long>> count, Guid[] accounts)
    {
        Assert.Equal(0, await count(CountBroken, [accounts]));
        Assert.Equal(0, await count(CountMisplaced, [accounts]));
        Assert.Equal(0, await count(CountMissingNumbers, []));
    }
}
