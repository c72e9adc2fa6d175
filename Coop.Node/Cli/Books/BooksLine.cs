using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Identity.Json;
using Coop.Ledger.Accounts;
using Coop.Ledger.Audit;

namespace Coop.Node.Cli.Books;

/// <summary>A JSON object of a books file or of a payload, read member by member.</summary>
/// <exception cref="FormatException">A member is missing or of another form.</exception>
internal readonly struct BooksLine(JsonObject json)
{
    /// <exception cref="FormatException">It is no JSON object.</exception>
    public static BooksLine Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return new(CanonicalJson.Parse(utf8) as JsonObject ?? throw new FormatException("It is no object."));
        }
        catch (CanonicalJsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    public bool Has(string name) => json.ContainsKey(name);

    public string? OptionalText(string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw Wrong(name),
    };

    public string Text(string name) => OptionalText(name) ?? throw Wrong(name);

    public Guid Id(string name) => OptionalId(name) ?? throw Wrong(name);

    public Guid? OptionalId(string name) =>
        OptionalText(name) is not { } text ? null : Guid.TryParseExact(text, "D", out var id) ? id : throw Wrong(name);

    /// <summary>A whole number in decimal digits.</summary>
    public long? OptionalAmount(string name) => OptionalText(name) is { } text ? ParseAmount(text, name) : null;

    public long Amount(string name) => OptionalAmount(name) ?? throw Wrong(name);

    public long Number(string name) =>
        json[name] is JsonValue value && value.TryGetValue<long>(out var number) && number >= 0 ? number : throw Wrong(name);

    public bool Flag(string name) => json[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : throw Wrong(name);

    /// <summary>False where it is missing, as in events from before there was such a member.</summary>
    public bool OptionalFlag(string name) => Has(name) && Flag(name);

    public DateOnly Date(string name) =>
        DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : throw Wrong(name);

    public DateTimeOffset Time(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : throw Wrong(name);

    public AccountType Type(string name)
    {
        var text = Text(name);
        return Enum.GetValues<AccountType>().Where(t => t.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
            .Select(t => (AccountType?)t).SingleOrDefault() ?? throw Wrong(name);
    }

    public JsonArray List(string name) => json[name] as JsonArray ?? throw Wrong(name);

    public IReadOnlyList<string> Texts(string name)
    {
        var list = Has(name) ? List(name) : [];
        return [.. list.Select(n => TextOf(n, name))];
    }

    /// <summary>A journal, with the postings as they stand in the list.</summary>
    public JournalFacts Journal(string id, IReadOnlyList<PostingFacts> postings) => new(
        Id(id), OptionalAmount("number"), Date("effectiveDate"), Text("memo"), OptionalText("reference"),
        Texts("attachments"), OptionalId("reverses"), postings);

    public static string TextOf(JsonNode? node, string name) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw Wrong(name);

    public static long ParseAmount(string text, string name) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : throw Wrong(name);

    public static FormatException Wrong(string name) => new($"“{name}” is missing, or of another form.");
}
