using System.Text;
using System.Text.Json;
using Coop.Federation.Replication;
using Coop.Identity.Json;

namespace Coop.Federation.Tests.Vectors;

public class EvidenceVectorTests
{
    private static readonly JsonElement Vectors = VectorFile.Read("evidence.json");

    [Fact]
    public void Believes_WhatIsProven_AndWritesItTheSame() => Assert.All(Vectors.List("valid"), vector =>
    {
        var bytes = Encoding.UTF8.GetBytes(vector.Text("evidence"));
        Assert.True(EquivocationEvidence.IsClaimedBy(bytes));
        var evidence = EquivocationEvidence.Parse(bytes);
        Assert.Equal(Vectors.Text("vkey"), evidence.LogKey.ToString());
        Assert.Equal(vector.Text("id"), evidence.Id);
        Assert.Equal(vector.Text("evidence"), Encoding.UTF8.GetString(evidence.Encode()));
    });

    [Fact]
    public void Refuses_WhatIsNot_WithItsCode() => Assert.All(Vectors.List("invalid"), vector =>
    {
        var e = Assert.Throws<EvidenceException>(() => EquivocationEvidence.Parse(Encoding.UTF8.GetBytes(vector.Text("evidence"))));
        Assert.True(vector.Text("code") == e.Code, $"{vector.Text("name")}: {e.Code}, {e.Message}");
    });

    [Fact]
    public void Refuses_WhatIsTooLarge_AndWhatIsNoText()
    {
        var valid = Encoding.UTF8.GetBytes(Vectors.List("valid")[0].Text("evidence"));
        byte[] padded = [.. valid, .. Enumerable.Repeat((byte)' ', EquivocationEvidence.MaxSizeBytes)];
        Assert.Equal(EvidenceCodes.Malformed, Assert.Throws<EvidenceException>(() => EquivocationEvidence.Parse(padded)).Code);
        Assert.Throws<EvidenceException>(() => EquivocationEvidence.Parse([.. valid, 0xff]));
    }

    [Fact]
    public void Refuses_AnyByteChanged()
    {
        foreach (var vector in Vectors.List("valid").Take(3))
        {
            var text = Encoding.UTF8.GetBytes(vector.Text("evidence"));
            for (var at = 0; at < text.Length; at++)
            {
                var changed = text.ToArray();
                changed[at] ^= 1;
                var e = Record.Exception(() => EquivocationEvidence.Parse(changed));
                Assert.True(e is EvidenceException, $"Byte {at}: {e?.GetType().Name ?? "believed"}");
            }
        }

        Assert.True(CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(Vectors.List("valid")[0].Text("evidence"))));
    }
}
