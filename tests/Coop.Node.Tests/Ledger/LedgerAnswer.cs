using System.Net;
using System.Text.Json;

namespace Coop.Node.Tests.Ledger;

/// <summary>What the node answered.</summary>
public sealed record LedgerAnswer(
    HttpStatusCode Status, string Text, string? Location, bool Replayed, string? MediaType)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The last part of the problem's type, or null for a success.</summary>
    public string? Problem => (int)Status < 400
        ? null
        : Json.GetProperty("type").GetString()!.Split(':')[^1];

    public Guid Id => Json.GetProperty("id").GetGuid();

    public LedgerAnswer ExpectCreated() => Status == HttpStatusCode.Created ? this : throw Unexpected();

    public LedgerAnswer ExpectOk() => Status == HttpStatusCode.OK ? this : throw Unexpected();

    /// <summary>Asserts a refusal in problem details, with its documented status.</summary>
    public LedgerAnswer ExpectProblem(string code)
    {
        Assert.Equal(code, Problem);
        Assert.Equal("application/problem+json", MediaType);
        var documented = Coop.Node.Http.ProblemTypes.All.Single(t => t.Code == code).Status;
        Assert.Equal(documented, (int)Status);
        Assert.Equal(documented, Json.GetProperty("status").GetInt32());
        return this;
    }

    private InvalidOperationException Unexpected() => new($"{(int)Status} {Text}");
}
