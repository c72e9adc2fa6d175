using System.Text;
using Coop.Ledger.Accounts;

namespace Coop.Ledger.Exchange;

/// <summary>Gives every account a name of its own in a file whose accounts are known by their names alone.</summary>
internal static class AccountPaths
{
    /// <summary>
    /// The root of the account's type, a colon, and what <paramref name="leaf"/> makes of code and name. Where
    /// two accounts come to the same, their ids are put behind.
    /// </summary>
    public static Dictionary<AccountId, string> Of(
        IReadOnlyList<BookAccount> accounts, Func<AccountType, string> root, Func<string, string> leaf, char separator)
    {
        var wanted = accounts.ToDictionary(a => a.Id, a => $"{root(a.Type)}:{leaf(Label(a))}");
        var shared = wanted.Values.GroupBy(n => n, StringComparer.Ordinal)
            .Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var paths = new Dictionary<AccountId, string>();
        foreach (var account in accounts)
        {
            var path = wanted[account.Id];
            if (shared.Contains(path))
            {
                path += $"{separator}{account.Id}";
            }

            while (!taken.Add(path))
            {
                path += $"{separator}{account.Id}";
            }

            paths.Add(account.Id, path);
        }

        return paths;
    }

    /// <summary>One line: every run of blanks and controls becomes one space.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var isBlank = char.IsWhiteSpace(c) || char.IsControl(c);
            if (!isBlank)
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }

    private static string Label(BookAccount account) =>
        account.Code is { } code ? $"{code} {account.Name}" : account.Name;
}
