using Npgsql;

namespace Coop.Node.Governance;

/// <summary>Votes, one a member and proposal. Durable with the transaction's commit.</summary>
public static class VoteStore
{
    // One round trip decides and writes. It reads the proposal and the member and writes neither,
    // so that votes never wait for each other; a vote and the close of its proposal read what the
    // other writes, so SERIALIZABLE lets one of them go first and the other sees it.
    private const string UpsertVote = """
        INSERT INTO votes (proposal_id, member_id, choice, cast_at, event_id)
        SELECT p.id, m.id, $3, $4, $5
        FROM proposals p CROSS JOIN members m
        WHERE p.id = $1 AND p.status = 'open' AND p.closes_at > $4 AND m.id = $2
        ON CONFLICT (proposal_id, member_id) DO UPDATE
        SET choice = excluded.choice, cast_at = excluded.cast_at, event_id = excluded.event_id
        WHERE votes.choice <> excluded.choice
        RETURNING cast_at
        """;

    private const string SelectStanding = """
        SELECT v.choice, v.cast_at, v.event_id
        FROM members m
        LEFT JOIN votes v ON v.proposal_id = $1 AND v.member_id = m.id
        WHERE m.id = $2
        """;

    /// <summary>
    /// Casts or changes a vote. Null when nothing was written: it is refused, or says what already
    /// stands; <see cref="FindAsync"/> tells which.
    /// </summary>
    public static async Task<Ballot?> CastAsync(
        NpgsqlTransaction transaction, Guid proposalId, Guid memberId, Ballot ballot,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(ballot);
        await using var command = new NpgsqlCommand(UpsertVote, transaction.Connection, transaction)
        {
            Parameters =
            {
                new() { Value = proposalId },
                new() { Value = memberId },
                new() { Value = ChoiceName.Of(ballot.Choice) },
                new() { Value = ballot.CastAt },
                new() { Value = ballot.EventId },
            },
        };
        return await command.ExecuteScalarAsync(ct) is DateTime castAt
            ? ballot with { CastAt = castAt }
            : null;
    }

    /// <summary>Whether the member is one, and their vote as it stands.</summary>
    public static async Task<(bool IsMember, Ballot? Ballot)> FindAsync(
        NpgsqlTransaction transaction, Guid proposalId, Guid memberId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command =
            new NpgsqlCommand(SelectStanding, transaction.Connection, transaction)
            {
                Parameters = { new() { Value = proposalId }, new() { Value = memberId } },
            };
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return (false, null);
        }

        return await reader.IsDBNullAsync(0, ct)
            ? (true, null)
            : (true, new Ballot(
                ChoiceName.Parse(reader.GetString(0)),
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetGuid(2)));
    }
}
