using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Governance;

/// <summary>Votes, one a member and proposal. Durable with the transaction's commit.</summary>
public static class VoteStore
{
    // One round trip decides and writes. It reads the proposal and the membership and writes neither,
    // so that votes never wait for each other; a vote and the close of its proposal read what the
    // other writes, so SERIALIZABLE lets one of them go first and the other sees it.
    private const string UpsertVote = """
        INSERT INTO votes (proposal_id, member_id, choice, cast_at, event_id)
        SELECT p.id, m.member_id, $3, $4, $5
        FROM proposals p CROSS JOIN member_roles m
        WHERE p.id = $1 AND p.status = 'open' AND p.closes_at > $4
          AND m.member_id = $2 AND m.role = 'member'
        ON CONFLICT (proposal_id, member_id) DO UPDATE
        SET choice = excluded.choice, cast_at = excluded.cast_at, event_id = excluded.event_id
        WHERE votes.choice <> excluded.choice
        RETURNING cast_at
        """;

    private const string SelectStanding = """
        SELECT v.choice, v.cast_at, v.event_id
        FROM member_roles m
        LEFT JOIN votes v ON v.proposal_id = $1 AND v.member_id = m.member_id
        WHERE m.member_id = $2 AND m.role = 'member'
        """;

    /// <summary>
    /// Casts or changes a vote. Null when nothing was written: it is refused, or says what already
    /// stands; <see cref="FindAsync"/> tells which.
    /// </summary>
    public static Task<Ballot?> CastAsync(
        NpgsqlTransaction transaction, Guid proposalId, Guid memberId, Ballot ballot,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(ballot);
        var choice = ChoiceName.Of(ballot.Choice);
        return transaction.Connection!
            .Command(UpsertVote, proposalId, memberId, choice, ballot.CastAt, ballot.EventId)
            .SingleAsync(
                row => ballot with { CastAt = row.GetFieldValue<DateTimeOffset>(0) }, ct);
    }

    /// <summary>A member's vote as it stands.</summary>
    public static async Task<Standing> FindAsync(
        NpgsqlTransaction transaction, Guid proposalId, Guid memberId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var standing = await transaction.Connection!
            .Command(SelectStanding, proposalId, memberId)
            .SingleAsync(row => new Standing(true, row.IsDBNull(0) ? null : ReadBallot(row)), ct);
        return standing ?? new Standing(false, null);
    }

    private static Ballot ReadBallot(NpgsqlDataReader row) => new(
        ChoiceName.Parse(row.GetString(0)),
        row.GetFieldValue<DateTimeOffset>(1),
        row.GetGuid(2));

    /// <param name="IsMember">Whether whoever asks is a member at all.</param>
    /// <param name="Ballot">Their vote, if they cast one.</param>
    public sealed record Standing(bool IsMember, Ballot? Ballot);
}
