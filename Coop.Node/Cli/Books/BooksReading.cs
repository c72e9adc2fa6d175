using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Audit;
using Coop.Federation.Log;
using Coop.Ledger.Audit;
using Coop.Node.Features.Ledger.Audit;
using Coop.Node.Log;

namespace Coop.Node.Cli.Books;

/// <summary>
/// Reads a books file (specs/books-audit.md) against the entries of a log that was audited: each payload is held to
/// the hash that its entry commits to, then the books are kept again, and compared. Nothing in the file is believed.
/// </summary>
internal sealed class BooksReading
{
    /// <summary>A journal of a thousand postings has about 150 KiB.</summary>
    public const int MaxLineSizeBytes = 1024 * 1024;

    private readonly IReadOnlyList<BookEntry> _entries;
    private readonly string _origin;
    private readonly long _size;
    private readonly BookFindings _findings = new();
    private readonly BooksReplay _replay;
    private readonly BooksComparison _comparison;
    private int _next;
    private DateOnly _openFrom;
    private long _fileSize = -1;
    private bool _isEventsEnded;
    private bool _isEnded;

    /// <param name="entries">The log's entries of the books.</param>
    /// <param name="origin">The log's origin.</param>
    /// <param name="size">Entries of the log that were audited.</param>
    public BooksReading(IReadOnlyList<BookEntry> entries, string origin, long size)
    {
        (_entries, _origin, _size) = (entries, origin, size);
        _replay = new(_findings);
        _comparison = new(_replay, _findings);
    }

    /// <summary>Reads a file to its end.</summary>
    /// <exception cref="AuditImpossibleException">It is no such file, is cut short, or is of another log or a later state.</exception>
    public async Task<BooksReport> ReadAsync(Stream file, CancellationToken ct)
    {
        var number = 0;
        try
        {
            await foreach (var line in LinesAsync(file, ct))
            {
                number++;
                Line(BooksLine.Parse(line.Span));
            }
        }
        catch (FormatException e)
        {
            throw new AuditImpossibleException($"Line {number} of the books cannot be read: {e.Message}", e);
        }

        return _isEnded ? Report() : throw new AuditImpossibleException("The books' file is cut short.");
    }

    private BooksReport Report()
    {
        _replay.End();
        _comparison.AddOpenFrom(_openFrom);
        _comparison.End();
        return new(_fileSize, _replay.AccountCount, _comparison.JournalCount, _comparison.WaitingCount, _findings)
        {
            Unproven = _comparison.Unproven, UnprovenCount = _comparison.UnprovenCount,
        };
    }

    private void Line(BooksLine line)
    {
        if (_isEnded)
        {
            throw new FormatException("It goes on behind its end.");
        }

        if (_fileSize < 0)
        {
            Head(line);
        }
        else if (line.Has("waiting"))
        {
            _comparison.AddWaiting(line.Id("waiting"));
        }
        else if (line.Has("entry"))
        {
            Event(line);
        }
        else
        {
            EndEvents();
            Row(line);
        }
    }

    private void Row(BooksLine line)
    {
        if (line.Has("journal"))
        {
            var postings = line.List("postings").Select(Posting).ToList();
            _comparison.Add(
                line.Journal("journal", [.. postings.Select(p => p.Facts)]), line.Id("event"), line.Flag("numbered"),
                [.. postings.Select(p => (p.Seq, p.After))]);
        }
        else if (line.Has("account"))
        {
            _comparison.Add(
                new AccountFacts(
                    line.Id("account"), line.Text("unit"), line.Type("type"), line.OptionalAmount("floorMinor"),
                    line.OptionalAmount("ceilingMinor"), line.Flag("placeholder"), line.Flag("closed")),
                line.Amount("balanceMinor"), line.Amount("postingCount"), line.Id("event"));
        }
        else
        {
            _isEnded = line.Amount("end") == _comparison.JournalCount ? true : throw new FormatException("It has another number of journals than it says.");
        }
    }

    private void Head(BooksLine line)
    {
        if (line.OptionalText("format") != BooksFile.Format)
        {
            throw new FormatException($"It is no file of the format {BooksFile.Format}.");
        }

        (_fileSize, _openFrom) = (line.Number("size"), line.Date("openFrom"));
        if (_fileSize > 0 && line.Text("origin") != _origin)
        {
            throw new AuditImpossibleException($"The books are of {line.Text("origin")}; the log is {_origin}.");
        }

        if (_fileSize > _size)
        {
            throw new AuditImpossibleException($"The books go with {_fileSize} entries of the log, which shows {_size} so far. Audit again.");
        }
    }

    private void Event(BooksLine line)
    {
        if (_isEventsEnded)
        {
            throw new FormatException("An event stands behind the tables.");
        }

        var seq = line.Number("entry");
        while (_next < _entries.Count && _entries[_next].Seq < seq)
        {
            Missing(_entries[_next++]);
        }

        if (_next == _entries.Count || _entries[_next].Seq != seq || seq >= _fileSize)
        {
            throw new FormatException($"Entry {seq} of the log is none of the books, or comes out of order.");
        }

        Payload(_entries[_next++], line);
    }

    private void EndEvents()
    {
        if (!_isEventsEnded)
        {
            _isEventsEnded = true;
            while (_next < _entries.Count && _entries[_next].Seq < _fileSize)
            {
                Missing(_entries[_next++]);
            }

            foreach (var later in _entries.Skip(_next))
            {
                _comparison.AddLater(
                    later.Id, later.Account, later.Type is EventTypes.BooksClosed or EventTypes.BooksReopened);
            }
        }
    }

    private void Missing(BookEntry entry) =>
        Say(BookFindingCode.PayloadMissing, entry, $"The payload of entry {entry.Seq} ({entry.Type}) is not there.");

    private void Payload(BookEntry entry, BooksLine line)
    {
        if (line.OptionalText("payload") is not { } payload)
        {
            Missing(entry);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(payload);
        if (!Salt(line.Text("salt"), out var salt) || !PayloadHash.Compute(salt, bytes).AsSpan().SequenceEqual(entry.PayloadHash.Span))
        {
            Say(BookFindingCode.PayloadChanged, entry, $"The payload of entry {entry.Seq} ({entry.Type}) is not the one that the log commits to.");
            return;
        }

        try
        {
            _replay.Add(BookPayload.Read(entry, BooksLine.Parse(bytes)));
        }
        catch (FormatException e)
        {
            Say(BookFindingCode.PayloadMalformed, entry, $"The payload of entry {entry.Seq} ({entry.Type}) cannot be read: {e.Message}");
        }
    }

    private void Say(BookFindingCode code, BookEntry entry, string detail) => _findings.Add(new(code, detail) { Entry = entry.Seq });

    private static bool Salt(string text, out byte[] salt)
    {
        salt = new byte[PayloadHash.SaltSizeBytes];
        return Convert.TryFromBase64String(text, salt, out var written) && written == salt.Length;
    }

    private static (PostingFacts Facts, long Seq, long After) Posting(JsonNode? node) => node is JsonArray { Count: 4 } parts
        ? (new(
            Guid.TryParseExact(BooksLine.TextOf(parts[0], "postings"), "D", out var account) ? account : throw BooksLine.Wrong("postings"),
            Part(parts[1])), Part(parts[2]), Part(parts[3]))
        : throw BooksLine.Wrong("postings");

    private static long Part(JsonNode? node) => BooksLine.ParseAmount(BooksLine.TextOf(node, "postings"), "postings");

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(
        Stream file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (buffer, used) = (new byte[MaxLineSizeBytes], 0);
        while (await file.ReadAsync(buffer.AsMemory(used), ct) is > 0 and var read)
        {
            used += read;
            var start = 0;
            while (buffer.AsSpan(start, used - start).IndexOf((byte)'\n') is >= 0 and var length)
            {
                yield return buffer.AsMemory(start, length);
                start += length + 1;
            }

            buffer.AsSpan(start, used - start).CopyTo(buffer);
            used -= start;
            if (used == buffer.Length)
            {
                throw new FormatException($"It has more than {MaxLineSizeBytes} bytes.");
            }
        }

        if (used > 0)
        {
            throw new FormatException("It does not end.");
        }
    }
}
