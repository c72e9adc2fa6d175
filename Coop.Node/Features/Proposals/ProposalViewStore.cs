using Coop.Node.Database;
using Coop.Node.Governance;
using Npgsql;

namespace Coop.Node.Features.Proposals;

/// <summary>Proposals as members see them: one statement a page, newest first, each with an index.</summary>
public static class ProposalViewStore
{
    // $1 is the member who asks, $2 the id that the page follows, $3 how many rows are wanted.
    private const string SelectOfPage = """
        SELECT p.id, p.title, p.body, p.status, p.created_by, author.name, p.created_at,
          p.opened_at, p.closes_at, p.closed_at, v.choice,
          p.yes_count, p.no_count, p.abstain_count, p.eligible_count
        FROM page
        JOIN proposals p ON p.id = page.id
        JOIN members author ON author.id = p.created_by
        LEFT JOIN votes v ON v.proposal_id = p.id AND v.member_id = $1
        ORDER BY p.id DESC LIMIT $3
        """;

    internal const string SelectAll =
        "WITH page AS (SELECT id FROM proposals WHERE id < $2 ORDER BY id DESC LIMIT $3) "
        + SelectOfPage;

    internal const string SelectAllOfStatus = """
        WITH page AS (
          SELECT id FROM proposals WHERE status = $4 AND id < $2 ORDER BY id DESC LIMIT $3)
        """ + " " + SelectOfPage;

    // Two short walks, each along its own index, instead of one past everybody else's drafts.
    internal const string SelectVisible = """
        WITH page AS (
          (SELECT id FROM proposals WHERE opened_at IS NOT NULL AND id < $2
           ORDER BY id DESC LIMIT $3)
          UNION ALL
          (SELECT id FROM proposals WHERE opened_at IS NULL AND created_by = $1 AND id < $2
           ORDER BY id DESC LIMIT $3))
        """ + " " + SelectOfPage;

    internal const string SelectOwnOfStatus = """
        WITH page AS (
          SELECT id FROM proposals
          WHERE opened_at IS NULL AND created_by = $1 AND status = $4 AND id < $2
          ORDER BY id DESC LIMIT $3)
        """ + " " + SelectOfPage;

    internal const string SelectOne =
        "WITH page AS (SELECT id FROM proposals WHERE id = $2 LIMIT $3) " + SelectOfPage;

    /// <summary>What follows <paramref name="afterId"/> of what the member may see.</summary>
    public static Task<List<ProposalView>> ListAsync(
        NpgsqlConnection connection, Participant who, ProposalStatus? status, Guid? afterId,
        int limit, CancellationToken ct)
    {
        var (me, after, rows) = (who.MemberId, afterId ?? Guid.AllBitsSet, (long)limit);
        var name = status is { } wanted ? ProposalStatusName.Of(wanted) : "";
        var command = status switch
        {
            null when who.RunsVotes => connection.Command(SelectAll, me, after, rows),
            null => connection.Command(SelectVisible, me, after, rows),
            ProposalStatus.Draft or ProposalStatus.Withdrawn when !who.RunsVotes =>
                connection.Command(SelectOwnOfStatus, me, after, rows, name),
            _ => connection.Command(SelectAllOfStatus, me, after, rows, name),
        };
        return command.ListAsync(ReadRow, ct);
    }

    /// <summary>One proposal, whether the member may see it or not.</summary>
    public static Task<ProposalView?> FindAsync(
        NpgsqlConnection connection, Participant who, Guid id, CancellationToken ct) =>
        connection.Command(SelectOne, who.MemberId, id, 1L).SingleAsync(ReadRow, ct);

    private static ProposalView ReadRow(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        ProposalStatusName.Parse(row.GetString(3)),
        new ProposalView.Author(row.GetGuid(4), row.GetString(5)),
        row.GetFieldValue<DateTimeOffset>(6),
        row.Nullable<DateTimeOffset>(7),
        row.Nullable<DateTimeOffset>(8),
        row.Nullable<DateTimeOffset>(9),
        row.IsDBNull(10) ? null : ChoiceName.Parse(row.GetString(10)),
        row.IsDBNull(11) ? null : new Tally(row.GetInt64(11), row.GetInt64(12), row.GetInt64(13)),
        row.Nullable<long>(14));
}
