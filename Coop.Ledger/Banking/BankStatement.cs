using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Coop.Ledger.Banking;

/// <summary>What a bank says happened on an account.</summary>
/// <param name="Id">The bank's number of the statement; for CSV the hash of the file.</param>
/// <param name="Account">IBAN or number of the account; empty where the file does not say.</param>
/// <param name="Currency">Three letters; empty where the file does not say.</param>
/// <param name="Opening">The balance before the first line; null where the file does not say.</param>
/// <param name="Closing">The balance after the last line; null where the file does not say.</param>
/// <param name="Lines">In the order of the file.</param>
public sealed record BankStatement(
    string Id, string Account, string Currency, decimal? Opening, decimal? Closing, IReadOnlyList<BankLine> Lines)
{
    /// <summary>
    /// How much the closing balance differs from the opening balance and the lines; null where the file does not give
    /// both. Anything but zero: lines are missing, or there twice.
    /// </summary>
    public decimal? Difference => Closing - Opening - Lines.Sum(l => l.Amount);

    /// <summary>
    /// A key for each line, the same whenever the line is read again, in this file or in one that overlaps with it.
    /// Lines that say the same are told apart by counting: two equal payments on one day are two lines.
    /// </summary>
    public IReadOnlyList<string> LineKeys()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var keys = new List<string>(Lines.Count);
        foreach (var line in Lines)
        {
            var content = line.Content(Account);
            seen[content] = seen.GetValueOrDefault(content) + 1;
            var text = string.Create(CultureInfo.InvariantCulture, $"{content}\n{seen[content]}");
            keys.Add(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        }

        return keys;
    }
}

/// <summary>A line of a bank statement.</summary>
/// <param name="BookedOn">The day on which the bank booked it.</param>
/// <param name="ValueOn">The day from which it counts at the bank.</param>
/// <param name="Amount">What the account moved by: positive where money came in.</param>
/// <param name="BankReference">The bank's own reference of the line, up to 200 characters; empty where there is none.</param>
/// <param name="Reference">What the payer gave as reference, up to 200; empty where there is none.</param>
/// <param name="Counterparty">The other side's name, up to 200; empty where there is none.</param>
/// <param name="Text">All that the bank says besides, up to 500.</param>
public sealed record BankLine(
    DateOnly BookedOn, DateOnly ValueOn, decimal Amount, string BankReference, string Reference, string Counterparty, string Text)
{
    public const int MaxShort = 200;
    public const int MaxText = 500;

    /// <summary>One line, cut to <paramref name="max"/> characters.</summary>
    internal static string Cut(string? text, int max)
    {
        var line = Exchange.AccountPaths.OneLine(text ?? "");
        return line.Length <= max ? line : line[..(char.IsHighSurrogate(line[max - 1]) ? max - 1 : max)];
    }

    /// <summary>What makes it this line. A bank's own reference says it all; banks word the rest anew at times.</summary>
    internal string Content(string account) => string.Create(
        CultureInfo.InvariantCulture,
        $"{account}\n{BookedOn:yyyy-MM-dd}\n{Amount / 1.000000000000000000000000000m}\n{BankReference}\n{(BankReference.Length > 0 ? "" : $"{Reference}\n{Counterparty}\n{Text}")}");
}
