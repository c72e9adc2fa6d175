using Coop.Testing;

namespace Coop.Node.Tests.Governance;

/// <summary>Which proposals a member sees, in what order, page by page.</summary>
public sealed class ProposalListTests(CoopFixture coop) : IClassFixture<CoopFixture>
{
    [Fact]
    public async Task EachMemberSeesTheOpened_TheirOwn_AndAdministratorsAll()
    {
        var open = new List<Guid>();
        var adas = new List<Guid>();
        var adasWithdrawn = new List<Guid>();
        var bobs = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            open.Add(await TickAsync(() => coop.Bob.OpenedAsync(coop.Tomorrow)));
            adas.Add(await TickAsync(async () => (await coop.Ada.DraftAsync()).Succeeds().Id));
            bobs.Add(await TickAsync(async () => (await coop.Bob.DraftAsync()).Succeeds().Id));
            var given = await TickAsync(async () => (await coop.Ada.DraftAsync()).Succeeds().Id);
            (await coop.Ada.WithdrawAsync(given)).Succeeds();
            adasWithdrawn.Add(given);
        }

        Guid[] all = [.. open, .. adas, .. bobs, .. adasWithdrawn];
        await ListsAsync(coop.Admin, "", all);
        await ListsAsync(coop.Ada, "", [.. open, .. adas, .. adasWithdrawn]);
        await ListsAsync(coop.Bob, "", [.. open, .. bobs]);
        await ListsAsync(coop.Admin, "?status=draft", [.. adas, .. bobs]);
        await ListsAsync(coop.Ada, "?status=draft", adas);
        await ListsAsync(coop.Bob, "?status=open", open);
        await ListsAsync(coop.Bob, "?status=closed", []);
        await ListsAsync(coop.Ada, "?status=withdrawn", adasWithdrawn);
        await ListsAsync(coop.Bob, "?status=withdrawn", []);
        await ListsAsync(coop.Admin, "?status=withdrawn", adasWithdrawn);
    }

    private static async Task ListsAsync(
        TestMember member, string query, IEnumerable<Guid> expected)
    {
        var newestFirst = expected.OrderByDescending(id => id.ToString(), StringComparer.Ordinal);
        foreach (var limit in new[] { 1, 4, 200 })
        {
            var items = await member.ListAsync($"/api/proposals{query}", limit);
            Assert.Equal(newestFirst, items.Select(i => i.GetProperty("id").GetGuid()));
        }
    }

    /// <summary>Ids made in one millisecond have no order, so each gets its own.</summary>
    private async Task<Guid> TickAsync(Func<Task<Guid>> make)
    {
        coop.Time.Advance(TimeSpan.FromMilliseconds(1));
        return await make();
    }
}
