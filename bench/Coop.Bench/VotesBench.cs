using System.Net.Http.Json;
using System.Text.Json;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coop.Bench;

/// <summary>Votes through HTTP (token, validation, durable commit, event) against raw commits of one-row inserts.</summary>
internal static class VotesBench
{
    private const int Connections = 32;

    public static async IAsyncEnumerable<Figure> RunAsync(TestNode node, TimeSpan duration, int proposalCount)
    {
        var members = await EnrolAsync(node);
        var proposals = await OpenProposalsAsync(members[0], proposalCount);
        var raw = await RawLimits.InsertCommitsAsync(node.Services.GetRequiredService<NpgsqlDataSource>(), Connections, duration);
        yield return new($"raw single-row INSERT commits, {Connections} connections", raw, "1/s");
        var votes = await Load.RateAsync(Connections, duration, (connection, i) => VoteAsync(members[connection], proposals, i));
        yield return new($"votes through HTTP, {Connections} connections", votes, "1/s");
        yield return Figure.AtLeast("votes against raw INSERT commits", votes / raw, "ratio", 0.5);
    }

    private static async Task<IReadOnlyList<TestMember>> EnrolAsync(TestNode node)
    {
        var members = new List<TestMember> { await TestMember.EnrolAdministratorAsync(node) };
        while (members.Count < Connections)
        {
            members.Add(await members[0].InviteAsync(node, $"Member {members.Count}"));
        }

        return members;
    }

    private static async Task<IReadOnlyList<Guid>> OpenProposalsAsync(TestMember admin, int count)
    {
        var closesAt = TimeProvider.System.GetUtcNow().AddDays(7);
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            using var drafted = await admin.Client.PostAsJsonAsync("/api/proposals", new { title = $"Proposal {i}", body = "" });
            var id = (await drafted.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
            using var opened = await admin.Client.PostAsJsonAsync($"/api/proposals/{id}/open", new { closesAt });
            opened.EnsureSuccessStatusCode();
            ids.Add(id);
        }

        return ids;
    }

    // Every round over the proposals changes the vote, so that every request is a write with its event.
    private static async Task<bool> VoteAsync(TestMember member, IReadOnlyList<Guid> proposals, int i)
    {
        var choice = i / proposals.Count % 2 == 0 ? "yes" : "no";
        using var answer = await member.Client.PutAsJsonAsync($"/api/proposals/{proposals[i % proposals.Count]}/vote", new { choice });
        answer.EnsureSuccessStatusCode();
        return true;
    }
}
