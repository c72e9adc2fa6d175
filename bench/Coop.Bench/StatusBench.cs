using System.Diagnostics;
using Coop.Identity.Credentials;
using Coop.Identity.Status;

namespace Coop.Bench;

/// <summary>A status list of a million entries, packed for publication, and read by a verifier.</summary>
internal static class StatusBench
{
    private const int Entries = 1_000_000;
    private const int Rounds = 15;
    private const double GoalMs = 50;

    public static IEnumerable<Figure> Run()
    {
        // One in fifty revoked or suspended, at random; and half of all, which packs worst.
        foreach (var (name, oneIn) in new[] { ("2 %", 50), ("half", 2) })
        {
            var bits = Random(oneIn);
            yield return Figure.AtMost(
                $"status list of {Entries:N0} entries, {name} set, as Bitstring Status List",
                MedianMs(() => BitstringStatusList.Encode(bits, StatusPurpose.Revocation)), "ms", GoalMs);
            yield return Figure.AtMost(
                $"status list of {Entries:N0} entries, {name} set, as Token Status List",
                MedianMs(() => TokenStatusList.Encode(bits)), "ms", GoalMs);
            var list = BitstringStatusList.Encode(bits, StatusPurpose.Revocation);
            yield return new($"one entry read of that Bitstring Status List of {list.Length:N0} characters", MedianMs(() => BitstringStatusList.IsSet(list, 4711)), "ms");
        }
    }

    private static StatusBits Random(int oneIn)
    {
        var random = new Random(20261122);
        var bits = new StatusBits(Entries);
        for (var i = 0; i < Entries / oneIn; i++)
        {
            bits[random.Next(Entries)] = (EntryStatus)(1 + random.Next(2));
        }

        return bits;
    }

    private static double MedianMs(Action action)
    {
        action();
        var times = Enumerable.Range(0, Rounds).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            action();
            return clock.Elapsed.TotalMilliseconds;
        });
        return times.Order().ElementAt(Rounds / 2);
    }
}
