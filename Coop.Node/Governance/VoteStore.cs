using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Governance;

/// <summary>Votes, one a member and proposal. Durable with the transaction's commit.</summary>
public static class VoteStore
{
    // One round trip decides and writes for a whole group. It reads the proposals and the memberships
    // and writes neither, so that votes never wait for each other; a vote and the count of its
    // proposal read what the other writes, so SERIALIZABLE lets one of them go first and the other
    // sees it. An unchanged choice is left as it is, and not returned. Who holds shares (a credit is held)
    // and none of a class that votes has no vote; each is looked up by itself, so that a vote reads
    // no balances but the voter's.
    internal const string UpsertVotes = """
        INSERT INTO votes (proposal_id, member_id, choice, cast_at, event_id)
        SELECT p.id, m.member_id, w.choice, $5, w.event_id
        FROM unnest($1, $2, $3, $4) AS w (proposal_id, member_id, choice, event_id)
        JOIN proposals p ON p.id = w.proposal_id AND p.status = 'open' AND p.closes_at > $5
        JOIN member_roles m ON m.member_id = w.member_id AND m.role = 'member'
        WHERE coalesce((
            SELECT bool_or(c.votes)
            FROM share_holdings h
            JOIN share_classes c ON c.unit = h.unit
            WHERE h.member_id = w.member_id
              AND (SELECT b.balance_minor FROM ledger_balances b WHERE b.account_id = h.share_account_id) < 0
          ), true)
        ON CONFLICT (proposal_id, member_id) DO UPDATE
        SET choice = excluded.choice, cast_at = excluded.cast_at, event_id = excluded.event_id
        WHERE votes.choice <> excluded.choice
        RETURNING event_id, cast_at
        """;

    internal const string UpdateEvent =
        "UPDATE votes SET event_id = $3 WHERE proposal_id = $1 AND member_id = $2";

    internal const string SelectStandings = """
        SELECT w.proposal_id, w.member_id, m.member_id IS NOT NULL,
          p.status, p.created_by, p.closes_at, v.choice, v.cast_at, v.event_id,
          coalesce((
            SELECT bool_or(c.votes)
            FROM share_holdings h
            JOIN share_classes c ON c.unit = h.unit
            WHERE h.member_id = w.member_id
              AND (SELECT b.balance_minor FROM ledger_balances b WHERE b.account_id = h.share_account_id) < 0
          ), true)
        FROM unnest($1, $2) AS w (proposal_id, member_id)
        LEFT JOIN proposals p ON p.id = w.proposal_id
        LEFT JOIN member_roles m ON m.member_id = w.member_id AND m.role = 'member'
        LEFT JOIN votes v ON v.proposal_id = w.proposal_id AND v.member_id = w.member_id
        """;

    /// <summary>
    /// Casts and changes votes, at most one a member and proposal. Answers those that were written, by
    /// event id, with their times; the others are refused, or say what already stands, and
    /// <see cref="FindAsync"/> tells which.
    /// </summary>
    /// <param name="transaction">The open transaction.</param>
    /// <param name="votes">What is to be said.</param>
    /// <param name="eventIds">For each vote the event that will record it.</param>
    /// <param name="now">The time of them all.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> CastAsync(
        NpgsqlTransaction transaction, IReadOnlyCollection<Vote> votes,
        IReadOnlyCollection<Guid> eventIds, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var choices = votes.Select(v => ChoiceName.Of(v.Choice)).ToArray();
        var written = await transaction.Connection!
            .Command(UpsertVotes, Proposals(votes), Members(votes), choices, eventIds.ToArray(), now)
            .ListAsync(row => (row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1)), ct);
        return written.ToDictionary();
    }

    /// <summary>Lets a vote name another event than it was written with.</summary>
    public static async Task RenameEventAsync(
        NpgsqlTransaction transaction, Vote vote, Guid eventId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(vote);
        await transaction.Connection!
            .Command(UpdateEvent, vote.ProposalId, vote.Voter.MemberId, eventId)
            .RunAsync(ct);
    }

    /// <summary>What the rules need to know about each vote, and the vote that stands.</summary>
    public static Task<List<Standing>> FindAsync(
        NpgsqlTransaction transaction, IReadOnlyCollection<Vote> votes, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.Connection!
            .Command(SelectStandings, Proposals(votes), Members(votes))
            .ListAsync(ReadStanding, ct);
    }

    private static Guid[] Proposals(IEnumerable<Vote> votes) =>
        votes.Select(v => v.ProposalId).ToArray();

    private static Guid[] Members(IEnumerable<Vote> votes) =>
        votes.Select(v => v.Voter.MemberId).ToArray();

    private static Standing ReadStanding(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.GetBoolean(2),
        row.IsDBNull(3)
            ? null
            : new Proposal(
                row.GetGuid(0),
                ProposalStatusName.Parse(row.GetString(3)),
                row.GetGuid(4),
                row.Nullable<DateTimeOffset>(5)),
        row.IsDBNull(6)
            ? null
            : new Ballot(
                ChoiceName.Parse(row.GetString(6)),
                row.GetFieldValue<DateTimeOffset>(7),
                row.GetGuid(8)),
        row.GetBoolean(9));

    /// <summary>How a member stands to a proposal.</summary>
    /// <param name="ProposalId">The proposal that was named, whether there is one or not.</param>
    /// <param name="MemberId">Whoever votes.</param>
    /// <param name="IsMember">Whether they are a member.</param>
    /// <param name="Proposal">The proposal, if there is one.</param>
    /// <param name="Ballot">Their vote, if they cast one.</param>
    /// <param name="HasVote">False for who holds shares, and none of a class that votes.</param>
    public sealed record Standing(
        Guid ProposalId, Guid MemberId, bool IsMember, Proposal? Proposal, Ballot? Ballot, bool HasVote);
}
