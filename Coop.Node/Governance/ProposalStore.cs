using Npgsql;

namespace Coop.Node.Governance;

/// <summary>Proposals and the steps of their life. Durable with the transaction's commit.</summary>
public static class ProposalStore
{
    private const string SelectProposal =
        "SELECT id, status, created_by, closes_at FROM proposals WHERE id = $1";

    private const string InsertDraft = """
        INSERT INTO proposals (id, title, body, status, created_by, created_at)
        VALUES ($1, $2, $3, 'draft', $4, $5)
        """;

    private const string UpdateText = """
        UPDATE proposals SET title = $2, body = $3 WHERE id = $1 AND status = 'draft'
        """;

    private const string UpdateOpened = """
        UPDATE proposals SET status = 'open', opened_at = $2, closes_at = $3
        WHERE id = $1 AND status = 'draft'
        RETURNING title, body
        """;

    private const string UpdateWithdrawn =
        "UPDATE proposals SET status = 'withdrawn' WHERE id = $1 AND status = 'draft'";

    public static async Task<Proposal?> FindAsync(
        NpgsqlTransaction transaction, Guid id, CancellationToken ct)
    {
        await using var command = Command(transaction, SelectProposal, id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Proposal(
                reader.GetGuid(0),
                ProposalStatusName.Parse(reader.GetString(1)),
                reader.GetGuid(2),
                await reader.IsDBNullAsync(3, ct) ? null : reader.GetFieldValue<DateTimeOffset>(3))
            : null;
    }

    public static async Task InsertDraftAsync(
        NpgsqlTransaction transaction, Guid id, ProposalText text, Guid author, DateTimeOffset now,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(text);
        await using var command =
            Command(transaction, InsertDraft, id, text.Title, text.Body, author, now);
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task EditAsync(
        NpgsqlTransaction transaction, Guid id, ProposalText text, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(text);
        await using var command = Command(transaction, UpdateText, id, text.Title, text.Body);
        RequireDraft(id, await command.ExecuteNonQueryAsync(ct) == 1);
    }

    /// <summary>Opens a draft; answers the text that is now voted on.</summary>
    public static async Task<ProposalText> OpenAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset now, DateTimeOffset closesAt,
        CancellationToken ct)
    {
        await using var command = Command(transaction, UpdateOpened, id, now, closesAt);
        await using var reader = await command.ExecuteReaderAsync(ct);
        RequireDraft(id, await reader.ReadAsync(ct));
        return new ProposalText(reader.GetString(0), reader.GetString(1));
    }

    public static async Task WithdrawAsync(
        NpgsqlTransaction transaction, Guid id, CancellationToken ct)
    {
        await using var command = Command(transaction, UpdateWithdrawn, id);
        RequireDraft(id, await command.ExecuteNonQueryAsync(ct) == 1);
    }

    private static NpgsqlCommand Command(
        NpgsqlTransaction transaction, string sql, params object[] values)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    /// <summary>The rules let only drafts through, in the same transaction; anything else is a defect.</summary>
    private static void RequireDraft(Guid id, bool wasDraft)
    {
        if (!wasDraft)
        {
            throw new InvalidOperationException($"Proposal {id} is not the draft that it was.");
        }
    }
}
