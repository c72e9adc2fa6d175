namespace Coop.Node.Tests.Ledger;

[Collection(LedgerNode.Name)]
public sealed class UnitTests(LedgerNode ledger)
{
    [Fact]
    public async Task AddsAUnit_WithItsEvent()
    {
        var answer = (await ledger.Admin.CreateUnitAsync("HOURS", "Working hours", 2, "hours")).ExpectCreated();

        Assert.Equal("HOURS", answer.Json.GetProperty("code").GetString());
        Assert.Equal("/api/ledger/units", answer.Location);
        Assert.Equal(1, await ledger.CountAsync(
            "SELECT count(*) FROM event_payloads WHERE event_id = $1 AND visibility = 'members' AND payload = $2",
            answer.Json.GetProperty("eventId").GetGuid(),
            """{"code":"HOURS","kind":"hours","name":"Working hours","scale":2}"""));
        Assert.Equal(1, await ledger.CountAsync(
            "SELECT count(*) FROM ledger_units WHERE code = 'HOURS' AND event_id = $1",
            answer.Json.GetProperty("eventId").GetGuid()));
    }

    [Fact]
    public async Task ListsUnits_PageByPage_InTheOrderOfTheirCodes()
    {
        var expected = new[] { await ledger.NewUnitAsync(), await ledger.NewUnitAsync(), await ledger.NewUnitAsync() };
        var (codes, cursor) = (new List<string>(), "");
        do
        {
            var page = (await ledger.Ada.GetAsync($"units?limit=2{cursor}")).ExpectOk().Json;
            var items = page.GetProperty("items").EnumerateArray().ToList();
            Assert.InRange(items.Count, 1, 2);
            codes.AddRange(items.Select(u => u.GetProperty("code").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null);

        Assert.Equal(codes.Order(StringComparer.Ordinal).Distinct(), codes);
        Assert.Superset(expected.ToHashSet(), codes.ToHashSet());
    }

    [Theory]
    [InlineData("""{"code":"eur","name":"Euro","scale":2,"kind":"money"}""", "invalid-field")]
    [InlineData("""{"code":"E","name":"Euro","scale":2,"kind":"money"}""", "invalid-field")]
    [InlineData("""{"code":"ABCDEFGHIJ123","name":"Euro","scale":2,"kind":"money"}""", "invalid-field")]
    [InlineData("""{"code":"AAA","name":" ","scale":2,"kind":"money"}""", "invalid-field")]
    [InlineData("""{"code":"AAA","name":"Euro","scale":10,"kind":"money"}""", "invalid-field")]
    [InlineData("""{"code":"AAA","name":"Euro","scale":-1,"kind":"money"}""", "invalid-field")]
    [InlineData("""{"code":"AAA","name":"Euro","scale":2,"kind":"gold"}""", "malformed-json")]
    [InlineData("""{"code":"AAA","name":"Euro","scale":"2","kind":"money"}""", "malformed-json")]
    [InlineData("""{"code":"AAA","name":"Euro","scale":2}""", "malformed-json")]
    [InlineData("""{"code":"AAA","name":"Euro","scale":2,"kind":"money","more":1}""", "malformed-json")]
    [InlineData("""{"code":null,"name":"Euro","scale":2,"kind":"money"}""", "malformed-json")]
    public async Task Refuses_WithoutATrace(string body, string problem)
    {
        var before = await ledger.FootprintAsync();
        (await ledger.Admin.PostAsync("units", body)).ExpectProblem(problem);
        Assert.Equal(before, await ledger.FootprintAsync());
    }

    [Fact]
    public async Task Refuses_WhenTheCodeIsTaken()
    {
        var code = await ledger.NewUnitAsync();
        var before = await ledger.FootprintAsync();
        (await ledger.Admin.CreateUnitAsync(code)).ExpectProblem("unit-exists");
        Assert.Equal(before, await ledger.FootprintAsync());
    }

    [Fact]
    public async Task Refuses_WhoIsNoAdministrator()
    {
        var before = await ledger.FootprintAsync();
        (await ledger.Ada.CreateUnitAsync("NEVER")).ExpectProblem("forbidden");
        Assert.Equal(before, await ledger.FootprintAsync());
    }
}
