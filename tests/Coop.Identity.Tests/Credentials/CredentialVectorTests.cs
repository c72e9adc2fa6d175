using System.Reflection;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials;

namespace Coop.Identity.Tests.Credentials;

/// <summary>The published vectors verify as they say, and the page names every code.</summary>
public sealed class CredentialVectorTests
{
    [Theory]
    [InlineData("credentials", 40)]
    [InlineData("presentations", 9)]
    public async Task VectorsVerifyAsTheySay(string part, int atLeast)
    {
        if (CredentialVectors.IsUpdate && part == "credentials")
        {
            CredentialVectors.Write();
        }

        var file = JsonNode.Parse(await File.ReadAllTextAsync(CredentialVectors.PathOf(), TestContext.Current.CancellationToken))!;
        var lists = new Issued.Lists();
        foreach (var (address, text) in file["statusLists"]!.AsObject())
        {
            lists[address] = text!.GetValue<string>();
        }

        var vectors = file[part]!.AsArray();
        Assert.True(vectors.Count >= atLeast);
        foreach (var vector in vectors)
        {
            var report = await Issued.VerifyAsync(
                vector!["text"]!.GetValue<string>(), part == "presentations" ? CredentialVectors.Request : null, lists);
            Assert.Equal(
                (vector["name"]!.GetValue<string>(), vector["verdict"]!.GetValue<string>(), vector["code"]?.GetValue<string>()),
                (vector["name"]!.GetValue<string>(), report.Verdict.ToString().ToLowerInvariant(), report.FirstObstacle?.Code));
        }
    }

    [Fact]
    public async Task ThePageNamesEveryCode()
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(CredentialVectors.PathOf(), "../../credentials.md"), TestContext.Current.CancellationToken);
        var codes = typeof(CredentialCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (string)f.GetRawConstantValue()!)
            .ToArray();
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Contains($"| `{code}` |", page, StringComparison.Ordinal));
    }
}
