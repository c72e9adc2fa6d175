using Coop.Testing;

namespace Coop.Node.Tests.Http;

public sealed class ApiDocumentTests
{
    private const string Committed = "specs/openapi.json";

    [Fact]
    public async Task ServedDocument_IsTheCommittedOne()
    {
        await using var node = await TestNode.StartAsync();
        var served = await node.Client.GetStringAsync(
            "/openapi/v1.json", TestContext.Current.CancellationToken);
        var path = RepositoryFile.PathOf(Committed);
        var text = served.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (RepositoryFile.IsUpdate)
        {
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        }

        var committed = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.True(
            text == committed,
            $"{Committed} is behind the code. Write it anew with: make specs");
    }
}
