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
        var connections = await Task.WhenAll(members.Select(m => ConnectAsync(node, m)));
        var dataSource = node.Services.GetRequiredService<NpgsqlDataSource>();
        var before = await RawInsertsAsync(dataSource, duration / 2);
        var votes = await Load.RateAsync(Connections, duration, (connection, i) => VoteAsync(connections[connection], proposals, i));
        // The machine's pace drifts: what is compared with lies around what is measured.
        var raw = (before + await RawInsertsAsync(dataSource, duration / 2)) / 2;
        yield return new($"raw single-row INSERT commits, {Connections} connections", raw, "1/s");
        yield return new($"votes through HTTP, {Connections} connections", votes, "1/s");
        yield return Figure.AtLeast("votes against raw INSERT commits", votes / raw, "ratio", 0.5);
    }

    private static async Task<double> RawInsertsAsync(NpgsqlDataSource dataSource, TimeSpan duration)
    {
        var rate = await RawLimits.InsertCommitsAsync(dataSource, Connections, duration);
        // The node must not go on with the 32 connections that it did not ask for.
        dataSource.Clear();
        return rate;
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

    private static async Task<LeanHttpClient> ConnectAsync(TestNode node, TestMember member) =>
        await LeanHttpClient.ConnectAsync(node.Address, await member.Session.IssueTokenAsync());

    // Every round over the proposals changes the vote, so that every request is a write with its event.
    private static async Task<bool> VoteAsync(LeanHttpClient member, IReadOnlyList<Guid> proposals, int i)
    {
        var choice = i / proposals.Count % 2 == 0 ? "yes" : "no";
        await member.PutJsonAsync($"/api/proposals/{proposals[i % proposals.Count]}/vote", $$"""{"choice":"{{choice}}"}""");
        return true;
    }
}
