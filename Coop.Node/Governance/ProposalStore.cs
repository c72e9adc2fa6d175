using System.Diagnostics.CodeAnalysis;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Governance;

/// <summary>Proposals and the steps of their life. Durable with the transaction's commit.</summary>
public static class ProposalStore
{
    internal const string SelectProposal =
        "SELECT id, status, created_by, closes_at FROM proposals WHERE id = $1";

    private const string InsertDraft = """
        INSERT INTO proposals (id, title, body, status, created_by, created_at)
        VALUES ($1, $2, $3, 'draft', $4, $5)
        """;

    internal const string UpdateText = """
        UPDATE proposals SET title = $2, body = $3 WHERE id = $1 AND status = 'draft'
        """;

    internal const string UpdateOpened = """
        UPDATE proposals SET status = 'open', opened_at = $2, closes_at = $3
        WHERE id = $1 AND status = 'draft'
        RETURNING title, body
        """;

    internal const string UpdateWithdrawn =
        "UPDATE proposals SET status = 'withdrawn' WHERE id = $1 AND status = 'draft'";

    public static Task<Proposal?> FindAsync(
        NpgsqlTransaction transaction, Guid id, CancellationToken ct) =>
        Connection(transaction).Command(SelectProposal, id).SingleAsync(
            row => new Proposal(
                row.GetGuid(0),
                ProposalStatusName.Parse(row.GetString(1)),
                row.GetGuid(2),
                row.Nullable<DateTimeOffset>(3)),
            ct);

    public static Task InsertDraftAsync(
        NpgsqlTransaction transaction, Guid id, ProposalText text, Guid author, DateTimeOffset now,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Connection(transaction)
            .Command(InsertDraft, id, text.Title, text.Body, author, now)
            .RunAsync(ct);
    }

    public static async Task EditAsync(
        NpgsqlTransaction transaction, Guid id, ProposalText text, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rows = await Connection(transaction)
            .Command(UpdateText, id, text.Title, text.Body)
            .RunAsync(ct);
        RequireDraft(id, rows == 1);
    }

    /// <summary>Opens a draft; answers the text that is now voted on.</summary>
    public static async Task<ProposalText> OpenAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset now, DateTimeOffset closesAt,
        CancellationToken ct)
    {
        var text = await Connection(transaction)
            .Command(UpdateOpened, id, now, closesAt)
            .SingleAsync(row => new ProposalText(row.GetString(0), row.GetString(1)), ct);
        RequireDraft(id, text is not null);
        return text;
    }

    public static async Task WithdrawAsync(
        NpgsqlTransaction transaction, Guid id, CancellationToken ct)
    {
        var rows = await Connection(transaction).Command(UpdateWithdrawn, id).RunAsync(ct);
        RequireDraft(id, rows == 1);
    }

    private static NpgsqlConnection Connection(NpgsqlTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.Connection!;
    }

    /// <summary>The rules let only drafts through, in the same transaction; anything else is a defect.</summary>
    private static void RequireDraft(Guid id, [DoesNotReturnIf(false)] bool wasDraft)
    {
        if (!wasDraft)
        {
            throw new InvalidOperationException($"Proposal {id} is not the draft that it was.");
        }
    }
}
