using System.Text;
using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;

namespace Coop.Identity.Tests.Dids.WebVh;

/// <summary>Bytes at random: a history changed in any byte is refused, and none makes the verifier throw.</summary>
public class WebVhFuzzTests
{
    private const int Rounds = 3000;

    private static readonly SampleLog Sample = SampleLog.Create(c => c with
        {
            Witness = new WebVhWitnessRule(1, [DidKey.Create(SampleLog.Key(11).Public)]), NextKeyHashes = [SampleLog.Hash(2)],
        })
        .Append(2, c => c with { UpdateKeys = [SampleLog.Multikey(2)], NextKeyHashes = [] }).Approve(11);

    [Fact]
    public void Refuses_AnyChangedByteOfTheLog()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var original = Sample.Bytes;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutate(original, random);
            var history = WebVhVerifier.Verify(bytes, Sample.Witnesses, Sample.Time);
            Assert.True(
                history.Fault is not null || MeansTheSame(bytes, original, '\n'),
                $"Seed {seed}, round {round}: {Encoding.UTF8.GetString(bytes)}");
            history.Resolve(DidUrl.Parse(Sample.Did));
        }
    }

    [Fact]
    public void Survives_AnyChangedByteOfTheWitnessFile()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var original = Sample.Witnesses;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutate(original, random);
            var history = WebVhVerifier.Verify(Sample.Bytes, bytes, Sample.Time);
            Assert.True(
                history.Fault is not null || MeansTheSame(bytes, original, '\0'),
                $"Seed {seed}, round {round}: {Encoding.UTF8.GetString(bytes)}");
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    // White space, and a change that was undone, leave the JSON between two separators as it was.
    private static bool MeansTheSame(byte[] changed, byte[] original, char separator)
    {
        try
        {
            return Parts(changed, separator).SequenceEqual(Parts(original, separator));
        }
        catch (Coop.Identity.Json.CanonicalJsonException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Parts(byte[] bytes, char separator) => Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split(separator)
        .Select(l => Encoding.UTF8.GetString(Coop.Identity.Json.CanonicalJson.Serialize(
            Coop.Identity.Json.CanonicalJson.Parse(Encoding.UTF8.GetBytes(l)))));
}
