using Npgsql;

namespace Coop.Node.Tests.Ledger;

/// <summary>A row of ledger_postings as somebody might write it who goes round the node.</summary>
internal sealed record RawPosting(
    Guid Journal,
    long Line,
    long LineCount,
    long NextLine,
    Guid Account,
    string Unit,
    string NextUnit,
    long SumBefore,
    long Amount,
    long SumAfter)
{
    private const string Insert = """
        INSERT INTO ledger_postings
          (journal_id, line, line_count, next_line, account_id, unit, next_unit,
           sum_before, amount_minor, sum_after, account_seq, balance_after)
        SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::bigint[]), unnest($4::bigint[]),
          unnest($5::uuid[]), unnest($6::text[]), unnest($7::text[]),
          unnest($8::bigint[]), unnest($9::bigint[]), unnest($10::bigint[]),
          unnest($11::bigint[]), 0
        """;

    /// <summary>The rows that the ledger itself would write for amounts that sum to zero.</summary>
    public static List<RawPosting> Ring(Guid journal, params (Guid Account, string Unit, long Amount)[] lines)
    {
        var rows = new List<RawPosting>();
        var sum = 0L;
        for (var i = 0; i < lines.Length; i++)
        {
            var next = (i + 1) % lines.Length;
            rows.Add(new RawPosting(
                journal, i + 1, lines.Length, next + 1, lines[i].Account, lines[i].Unit, lines[next].Unit,
                sum, lines[i].Amount, sum += lines[i].Amount));
        }

        return rows;
    }

    /// <summary>Writes all rows with one statement.</summary>
    public static async Task InsertAsync(NpgsqlTransaction transaction, IReadOnlyList<RawPosting> rows)
    {
        await using var command = new NpgsqlCommand(Insert, transaction.Connection, transaction)
        {
            Parameters =
            {
                Column(rows, r => r.Journal),
                Column(rows, r => r.Line),
                Column(rows, r => r.LineCount),
                Column(rows, r => r.NextLine),
                Column(rows, r => r.Account),
                Column(rows, r => r.Unit),
                Column(rows, r => r.NextUnit),
                Column(rows, r => r.SumBefore),
                Column(rows, r => r.Amount),
                Column(rows, r => r.SumAfter),
                // Far above every real sequence, and unique.
                Column(rows, _ => Random.Shared.NextInt64(1L << 40, long.MaxValue)),
            },
        };
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static NpgsqlParameter Column<T>(IReadOnlyList<RawPosting> rows, Func<RawPosting, T> value) =>
        new() { Value = rows.Select(value).ToArray() };
}
