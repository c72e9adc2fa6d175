using Coop.Node.Features.Banking;
using Coop.Node.Http;

namespace Coop.Node.Cli;

/// <summary>The columns of a bank's CSV on the command line: <c>name=column</c>, apart by semicolons.</summary>
internal static class CsvOption
{
    private static readonly string[] Names =
    [
        "date", "amount", "dateFormat", "decimalMark", "separator", "valueDate", "reference", "counterparty", "text", "bankReference", "currency",
    ];

    /// <exception cref="RefusalException">It says something else, or leaves out date or amount.</exception>
    public static ImportStatement.Columns Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', 2) is not [var name, var value] || !Names.Contains(name.Trim()) || !values.TryAdd(name.Trim(), value.Trim()))
            {
                throw Fields.Invalid("--csv", $"has “{part}”; write name=column with the names {string.Join(", ", Names)}, each once.");
            }
        }

        return new(
            Value("date") ?? throw Fields.Invalid("--csv", "has no date."), Value("amount") ?? throw Fields.Invalid("--csv", "has no amount."),
            Value("dateFormat") ?? "yyyy-MM-dd", Value("decimalMark") ?? ".",
            Value("separator") switch { "semicolon" => ";", "tab" => "\t", "comma" or null => ",", var other => other },
            Value("valueDate"), Value("reference"), Value("counterparty"), Value("text"), Value("bankReference"), Value("currency"));

        string? Value(string name) => values.GetValueOrDefault(name);
    }
}
