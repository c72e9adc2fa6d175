using System.Text;
using System.Text.RegularExpressions;

namespace Coop.Node.Tests.Database.Dialect;

/// <summary>A statement as the rules read it.</summary>
internal static partial class SqlText
{
    private static readonly HashSet<string> Verbs = new(StringComparer.Ordinal)
    {
        "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "VALUES", "MERGE", "UPSERT", "COPY", "CREATE",
        "ALTER", "DROP", "TRUNCATE", "SET", "RESET", "SHOW", "BEGIN", "START", "COMMIT", "END", "ABORT",
        "ROLLBACK", "SAVEPOINT", "RELEASE", "LOCK", "LISTEN", "UNLISTEN", "NOTIFY", "CALL", "DO", "GRANT",
        "REVOKE", "COMMENT", "EXPLAIN", "ANALYZE", "VACUUM", "REINDEX", "CLUSTER", "REFRESH", "DECLARE",
        "FETCH", "MOVE", "CLOSE", "PREPARE", "EXECUTE", "DEALLOCATE", "DISCARD", "IMPORT",
    };

    /// <summary>
    /// Whether a text is SQL: it begins with a verb in capitals, or reads like a statement in any case.
    /// </summary>
    public static bool IsStatement(string text)
    {
        var normalized = WithoutLeadingComments().Replace(text, "");
        var verb = FirstWord().Match(normalized).Value;
        return Verbs.Contains(verb) || LowerCaseStatement().IsMatch(normalized);
    }

    /// <summary>
    /// The statement in lower case, without comments, with string literals emptied and white space made
    /// one blank. Quoted identifiers lose their quotes.
    /// </summary>
    public static string Normalize(string sql)
    {
        var text = new StringBuilder();
        for (var i = 0; i < sql.Length;)
        {
            i = Copy(sql, i, text);
        }

        return WhiteSpace().Replace(text.ToString(), " ").Trim().ToLowerInvariant();
    }

    /// <summary>Takes one element of the text at <paramref name="i"/>; returns where the next begins.</summary>
    private static int Copy(string sql, int i, StringBuilder text)
    {
        if (sql[i] == '\'')
        {
            text.Append("''");
            return EndOfLiteral(sql, i);
        }

        if (sql[i] == '"')
        {
            var end = sql.IndexOf('"', i + 1);
            text.Append(sql, i + 1, end - i - 1);
            return end + 1;
        }

        if (string.CompareOrdinal(sql, i, "--", 0, 2) == 0)
        {
            text.Append(' ');
            var end = sql.IndexOf('\n', i);
            return end < 0 ? sql.Length : end;
        }

        if (string.CompareOrdinal(sql, i, "/*", 0, 2) == 0)
        {
            text.Append(' ');
            var end = sql.IndexOf("*/", i, StringComparison.Ordinal);
            return end < 0 ? sql.Length : end + 2;
        }

        text.Append(sql[i]);
        return i + 1;
    }

    private static int EndOfLiteral(string sql, int start)
    {
        for (var i = start + 1; i < sql.Length; i++)
        {
            if (sql[i] != '\'')
            {
                continue;
            }

            if (i + 1 == sql.Length || sql[i + 1] != '\'')
            {
                return i + 1;
            }

            i++;
        }

        return sql.Length;
    }

    [GeneratedRegex(@"^(\s|--[^\n]*(\n|$)|/\*.*?\*/|\()+", RegexOptions.Singleline)]
    private static partial Regex WithoutLeadingComments();

    [GeneratedRegex(@"^[A-Z]+\b")]
    private static partial Regex FirstWord();

    [GeneratedRegex(
        @"^(select\s.*\sfrom\s|select\s+[\w.]+\(|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|merge\s+into\s"
        + @"|with\s+(recursive\s+)?\w+\s+as\s*\(|create\s+(unique\s+)?(table|index|view|type|sequence|function|database)\s"
        + @"|alter\s+(table|index|sequence)\s|drop\s+(table|index|view|database)\s|truncate\s+(table\s+)?\w+\s*$|copy\s+\w+\s+(from|to)\s)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex LowerCaseStatement();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
