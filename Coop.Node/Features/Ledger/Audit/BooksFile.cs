using System.Text.Json;
using Coop.Federation.Audit;
using Coop.Federation.Log;
using Coop.Ledger.Journals;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Ledger.Audit;

/// <summary>
/// Writes all that an auditor needs to keep the books again (specs/books-audit.md): the payloads of the log's entries
/// with their salts, and what the tables say. One JSON object a line, as of one snapshot; memory does not grow.
/// </summary>
internal static class BooksFile
{
    public const string Format = "coop-books/1";
    public const string MediaType = "application/x-ndjson";
    private const int PieceSizeBytes = 64 * 1024;

    internal const string SelectLast = "SELECT seq, entry FROM log_entries ORDER BY seq DESC LIMIT 1";

    internal const string SelectOpenFrom = "SELECT open_from FROM ledger_folios ORDER BY folio DESC LIMIT 1";

    internal const string SelectWaiting = "SELECT id FROM log_intake ORDER BY id";

    internal const string SelectEvents = """
        SELECT e.seq, e.id, e.entry, p.salt, p.payload
        FROM log_entries e
        LEFT JOIN event_payloads p ON p.event_id = e.id
        ORDER BY e.seq
        """;

    internal const string SelectJournals = """
        SELECT j.id, j.event_id, j.number, j.numbered, j.booked_at, j.effective_date, j.memo, j.reference, j.attachments,
          j.reverses, p.account_id, p.amount_minor, p.account_seq, p.balance_after
        FROM ledger_journals j
        LEFT JOIN ledger_postings p ON p.journal_id = j.id
        ORDER BY coalesce(j.number, 0), j.id, p.line
        """;

    internal const string SelectAccounts = """
        SELECT a.id, a.event_id, a.unit, a.type, a.floor_minor, a.ceiling_minor, a.placeholder, a.closed,
          b.balance_minor, b.posting_count
        FROM ledger_accounts a
        LEFT JOIN ledger_balances b ON b.account_id = a.id
        ORDER BY a.id
        """;

    /// <summary>Writes the file; answers how many journals are in it.</summary>
    public static async Task<long> WriteAsync(NpgsqlConnection connection, Stream to, IProgress<long>? progress, CancellationToken ct)
    {
        await using var lines = new JsonLines(to, PieceSizeBytes);
        await HeadAsync(connection, lines, ct);
        await EachAsync(connection, SelectWaiting, async row => await lines.AddAsync(w => w.WriteString("waiting", row.GetGuid(0)), ct), ct);
        await EachAsync(connection, SelectEvents, row => EventAsync(lines, row, ct), ct);
        var journals = await JournalsAsync(connection, lines, progress, ct);
        await EachAsync(connection, SelectAccounts, row => AccountAsync(lines, row, ct), ct);
        await lines.AddAsync(w => w.WriteString("end", Text(journals)), ct);
        return journals;
    }

    private static async Task HeadAsync(NpgsqlConnection connection, JsonLines lines, CancellationToken ct)
    {
        var last = (await connection.Command(SelectLast).ListAsync(r => (Seq: r.GetInt64(0), Entry: r.GetFieldValue<byte[]>(1)), ct)).SingleOrDefault();
        var day = (await connection.Command(SelectOpenFrom).ListAsync(r => r.GetInt64(0), ct)).SingleOrDefault();
        await lines.AddAsync(
            w =>
            {
                w.WriteString("format", Format);
                w.WriteString("origin", last.Entry is { } entry && LogEntryView.TryRead(entry, out var view) ? view.Origin : default);
                w.WriteNumber("size", last.Entry is null ? 0 : last.Seq + 1);
                w.WriteString("openFrom", Date(Folio.DateOf(day)));
            },
            ct);
    }

    private static async Task EventAsync(JsonLines lines, NpgsqlDataReader row, CancellationToken ct)
    {
        if (!LogEntryView.TryRead(row.GetFieldValue<byte[]>(2), out var entry) || BookEntry.TypeOf(entry.Type) is null)
        {
            return;
        }

        await lines.AddAsync(
            w =>
            {
                w.WriteNumber("entry", row.GetInt64(0));
                w.WriteString("id", row.GetGuid(1));
                if (!row.IsDBNull(4) && row.GetString(4) is { Length: > 0 } payload)
                {
                    w.WriteBase64String("salt", row.GetFieldValue<byte[]>(3));
                    w.WriteString("payload", payload);
                }
            },
            ct);
    }

    private static async Task<long> JournalsAsync(NpgsqlConnection connection, JsonLines lines, IProgress<long>? progress, CancellationToken ct)
    {
        var (count, open) = (0L, (Guid?)null);
        await EachAsync(
            connection, SelectJournals,
            async row =>
            {
                if (open != row.GetGuid(0))
                {
                    await EndAsync();
                    (open, count) = (row.GetGuid(0), count + 1);
                    Begin(lines.Writer, row);
                    if (count % 1000 == 0)
                    {
                        progress?.Report(count);
                    }

                }

                Posting(lines.Writer, row);
            },
            ct);
        await EndAsync();
        return count;

        async Task EndAsync()
        {
            if (open is not null)
            {
                lines.Writer.WriteEndArray();
                await lines.EndAsync(ct);
            }
        }
    }

    private static void Begin(Utf8JsonWriter w, NpgsqlDataReader row)
    {
        w.WriteStartObject();
        w.WriteString("journal", row.GetGuid(0));
        w.WriteString("event", row.GetGuid(1));
        w.WriteString("number", Text(row.Nullable<long>(2)));
        w.WriteBoolean("numbered", row.GetBoolean(3));
        w.WriteString("bookedAt", row.GetFieldValue<DateTimeOffset>(4).UtcDateTime);
        w.WriteString("effectiveDate", Date(row.GetFieldValue<DateOnly>(5)));
        w.WriteString("memo", row.GetString(6));
        w.WriteString("reference", row.NullableText(7));
        w.WriteStartArray("attachments");
        foreach (var attachment in Attachment.Unpack(row.IsDBNull(8) ? null : row.GetFieldValue<byte[]>(8)))
        {
            w.WriteStringValue(attachment.Hash);
        }

        w.WriteEndArray();
        w.WriteString("reverses", row.Nullable<Guid>(9)?.ToString());
        w.WriteStartArray("postings");
    }

    private static void Posting(Utf8JsonWriter w, NpgsqlDataReader row)
    {
        if (row.IsDBNull(10))
        {
            return;
        }

        w.WriteStartArray();
        w.WriteStringValue(row.GetGuid(10));
        w.WriteStringValue(Text(row.GetInt64(11)));
        w.WriteStringValue(Text(row.GetInt64(12)));
        w.WriteStringValue(Text(row.GetInt64(13)));
        w.WriteEndArray();
    }

    private static Task AccountAsync(JsonLines lines, NpgsqlDataReader row, CancellationToken ct) => lines.AddAsync(
        w =>
        {
            w.WriteString("account", row.GetGuid(0));
            w.WriteString("event", row.GetGuid(1));
            w.WriteString("unit", row.GetString(2));
            w.WriteString("type", row.GetString(3));
            w.WriteString("floorMinor", Text(row.Nullable<long>(4)));
            w.WriteString("ceilingMinor", Text(row.Nullable<long>(5)));
            w.WriteBoolean("placeholder", row.GetBoolean(6));
            w.WriteBoolean("closed", row.GetBoolean(7));
            w.WriteString("balanceMinor", Text(row.Nullable<long>(8) ?? 0));
            w.WriteString("postingCount", Text(row.Nullable<long>(9) ?? 0));
        },
        ct);

    private static async Task EachAsync(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, Task> row, CancellationToken ct)
    {
        await using var command = connection.Command(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            await row(reader);
        }
    }

    private static string? Text(long? value) => value?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Date(DateOnly date) => date.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
