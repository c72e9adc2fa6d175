using Coop.Identity.Json;

namespace Coop.Bench;

/// <summary>RFC 8785 on one core: a small document, from its text to its canonical bytes.</summary>
internal static class CanonicalBench
{
    private static readonly byte[] Small = """
        {"type":"vote.cast","actor":"member:q83vEjRWeJCrze8SNFZ4kA","subject":"proposal:0198f3a0","seq":4711,
         "visibility":"members","choice":"yes"}
        """u8.ToArray();

    public static IEnumerable<Figure> Run(TimeSpan duration)
    {
        var parsed = CanonicalJson.Parse(Small);
        yield return Figure.AtLeast(
            "RFC 8785, small documents from a tree, one core", OneCore.Rate(duration, () => CanonicalJson.Serialize(parsed)), "1/s", 300_000);
        yield return Figure.AtLeast(
            "RFC 8785, small documents from text, one core",
            OneCore.Rate(duration, () => CanonicalJson.Serialize(CanonicalJson.Parse(Small))), "1/s", 300_000);
    }
}
