using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Node.Tests.Audit;
using Coop.Node.Tests.Http;

namespace Coop.Node.Tests.Cli;

/// <summary>The command line's <c>verify</c> on evidence of two histories, as a process of its own.</summary>
public sealed class EvidenceVerifyTests : IDisposable
{
    private static readonly JsonElement Vectors = JsonElement.Parse(
        System.IO.File.ReadAllText(RepositoryFile.PathOf("specs/vectors/evidence.json")));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coop-evidence-");

    private string File => Path.Combine(_folder.FullName, "evidence.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Says_WhatIsProven_ToPeopleAndMachines()
    {
        var vector = Vectors.GetProperty("valid").EnumerateArray().Last(v => v.GetProperty("name").GetString()!.Contains("whose key", StringComparison.Ordinal));
        await WriteAsync(vector);
        var (exitCode, text) = await AuditedNode.RunCommandAsync("verify", File, "--offline");
        Assert.Equal(0, exitCode);
        Assert.Contains("Proven: the log coop.example/log signed two histories.", text);
        Assert.Contains("did:webvh:QmB:acorn.example, says did:webvh:QmA:oak.example", text);

        var (code, json) = await AuditedNode.RunCommandAsync("verify", File, "--json");
        var verdict = JsonNode.Parse(json)!;
        Assert.Equal(0, code);
        Assert.Equal("valid", verdict["verdict"]!.GetValue<string>());
        Assert.Equal(vector.GetProperty("id").GetString(), verdict["evidence"]!["id"]!.GetValue<string>());
        Assert.Equal((5, 9), (verdict["evidence"]!["smaller"]!["size"]!.GetValue<int>(), verdict["evidence"]!["larger"]!["size"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Says_WhatProvesNothing()
    {
        var vector = Vectors.GetProperty("invalid").EnumerateArray().First(v => v.GetProperty("code").GetString() == "evidence-consistent");
        await WriteAsync(vector);
        var (exitCode, text) = await AuditedNode.RunCommandAsync("verify", File);
        Assert.Equal(1, exitCode);
        Assert.Contains("This proves nothing.", text);
        Assert.Contains("evidence-consistent", text);
    }

    private Task WriteAsync(JsonElement vector) =>
        System.IO.File.WriteAllTextAsync(File, vector.GetProperty("evidence").GetString(), TestContext.Current.CancellationToken);
}
