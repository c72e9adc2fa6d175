using System.Text;
using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;

namespace Coop.Federation.Tests.Witnessing;

/// <summary>Bodies of <c>add-checkpoint</c> that are wrong in one place each.</summary>
internal static class BodySamples
{
    public static IEnumerable<byte[]> Damaged(SignedNote note, IReadOnlyList<byte[]> proof)
    {
        var good = Encoding.UTF8.GetString(AddCheckpointRequest.Create(5, proof, note).Encode());
        var hash = Convert.ToBase64String(proof[0]);
        var text = note.ToString();
        string[] damaged =
        [
            "", "\n", "\n\n", "old 5", "old 5\n", "old 5\n\n", text, good[..^1], good[4..], "\n" + good, good + "\n", good + "x\n",
            .. OldLines("OLD 5", "old  5", "old\t5", "old 05", "old +5", "old -1", "old 5 ", " old 5", "old 5\r", "old", "old ",
                "old 0x5", "old ٥", "old 9223372036854775808", "old 18446744073709551616", "old 1e3", "old 5.0", ""),
            good.Replace(hash, hash[..^1], StringComparison.Ordinal),
            good.Replace(hash, hash + "\r", StringComparison.Ordinal),
            good.Replace(hash, " " + hash, StringComparison.Ordinal),
            good.Replace(hash, hash + "AAAA", StringComparison.Ordinal),
            good.Replace(hash, "AAAA", StringComparison.Ordinal),
            good.Replace(hash, new string('A', 42) + "B=", StringComparison.Ordinal),
            good.Replace(hash, new string('-', 43) + "=", StringComparison.Ordinal),
            "old 5\n" + string.Concat(Enumerable.Repeat(hash + "\n", 64)) + "\n" + text,
            "old 5\n" + string.Concat(Enumerable.Repeat(hash + "\n", 100_000)) + "\n" + text,
            good.Replace("\n9\n", "\n09\n", StringComparison.Ordinal),
            good.Replace("\n9\n", "\n-9\n", StringComparison.Ordinal),
            good.Replace("\n9\n", "\n9223372036854775808\n", StringComparison.Ordinal),
            good.Replace("\n9\n", "\n18446744073709551615\n", StringComparison.Ordinal),
            good.Replace("— ", "- ", StringComparison.Ordinal),
            good.Replace("— coop", "—  coop", StringComparison.Ordinal),
            good + string.Concat(Enumerable.Repeat(text.Split("\n\n")[1], 64)),
            good + string.Concat(Enumerable.Repeat(text.Split("\n\n")[1], 5_000)),
        ];
        return damaged.Select(Encoding.UTF8.GetBytes).Append(
            [.. Encoding.UTF8.GetBytes(good), 0xE2, 0x80, 0x94, 0x20, 0xFF, 0x20, 0x41, 0x0A]);

        IEnumerable<string> OldLines(params string[] lines) => lines.Select(l => l + good[good.IndexOf('\n', StringComparison.Ordinal)..]);
    }
}
