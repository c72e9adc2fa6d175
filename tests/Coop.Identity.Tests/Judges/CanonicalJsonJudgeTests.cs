using System.Text;
using Coop.Identity.Json;

namespace Coop.Identity.Tests.Judges;

public sealed class CanonicalJsonJudgeTests(Judge judge)
{
    /// <summary>Numbers as ECMAScript writes them, names in UTF-16 order, escapes.</summary>
    public static TheoryData<string> Documents =>
    [
        """{"b":1e21,"a":"é","c":[1e-7,0.000001,-0,100000000000000000000,5e-324,1.7976931348623157e308]}""",
        """{"\ud83d\ude00":1,"\ufb33":2,"€":3,"\r":4,"1":5,"":6}""",
        """{"s":"\u0000\u001f\"\\\/\u007f\u2028","n":null,"t":true,"f":false,"o":{},"l":[]}""",
        """[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001]""",
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task AgreesWithCanonicalize(string json)
    {
        var answer = await judge.AskAsync("canonicalize", "canonical", new() { ["json"] = json });
        var ours = CanonicalJson.Serialize(CanonicalJson.Parse(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(answer!.GetValue<string>(), Encoding.UTF8.GetString(ours));
    }
}
