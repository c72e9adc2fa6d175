using Coop.Node.Features.Announcements;
using Coop.Node.Features.Proposals;
using Coop.Node.Governance;
using Npgsql;

namespace Coop.Node.Tests.Governance;

/// <summary>
/// Governance's statements go by an index, however large its tables become. The planner is kept from
/// what only a small table makes cheap: what scans then, there is no index for.
/// </summary>
public sealed class GovernancePlanTests(CoopFixture coop) : IClassFixture<CoopFixture>
{
    private const string ForbidWhatIsCheapWhenSmall = """
        SET enable_seqscan = off;
        SET enable_bitmapscan = off;
        SET enable_hashjoin = off;
        SET enable_mergejoin = off;
        SET plan_cache_mode = force_generic_plan;
        """;

    public static TheoryData<string, string, string> Statements => new()
    {
        { "vote", "uuid[], uuid[], text[], uuid[], timestamptz", VoteStore.UpsertVotes },
        { "standings", "uuid[], uuid[]", VoteStore.SelectStandings },
        { "close", "uuid, timestamptz", ClosingStore.UpdateClosed },
        { "due", "timestamptz, bigint", ClosingStore.SelectDue },
        { "next due", "", ClosingStore.SelectNextDue },
        { "proposal", "uuid", ProposalStore.SelectProposal },
        { "view", "uuid, uuid, bigint", ProposalViewStore.SelectOne },
        { "all", "uuid, uuid, bigint", ProposalViewStore.SelectAll },
        { "of status", "uuid, uuid, bigint, text", ProposalViewStore.SelectAllOfStatus },
        { "visible", "uuid, uuid, bigint", ProposalViewStore.SelectVisible },
        { "own", "uuid, uuid, bigint, text", ProposalViewStore.SelectOwnOfStatus },
        { "announcements", "uuid, uuid, bigint", AnnouncementViewStore.SelectPage },
        { "unread", "uuid", AnnouncementViewStore.CountUnread },
        { "read", "uuid, uuid", AnnouncementStore.SelectRead },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task GoesByAnIndex(string name, string types, string sql)
    {
        Assert.SkipWhen(coop.Node.Database.IsCockroach, "The plan is PostgreSQL's.");
        var plan = await ExplainAsync(types, sql);
        Assert.True(!plan.Contains("Seq Scan", StringComparison.Ordinal), $"{name} scans: {plan}");
    }

    private async Task<string> ExplainAsync(string types, string sql)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = new NpgsqlConnection(coop.Node.Database.ConnectionString);
        await connection.OpenAsync(ct);
        // Prepared by name, so that it is planned without knowing its parameters.
        await ExecuteAsync(connection, ForbidWhatIsCheapWhenSmall);
        var count = types.Split(',', StringSplitOptions.RemoveEmptyEntries).Length;
        var (declared, given) = count == 0
            ? ("", "")
            : ($" ({types})", $"({string.Join(", ", Enumerable.Repeat("NULL", count))})");
        await ExecuteAsync(connection, $"PREPARE hot{declared} AS {sql}");
        await using var explain = new NpgsqlCommand($"EXPLAIN EXECUTE hot{given}", connection);
        await using var reader = await explain.ExecuteReaderAsync(ct);
        var lines = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
