using System.Globalization;

namespace Coop.Node.Demo;

/// <summary>
/// What happened in a demo's co-op so far: people joined, proposals in every state, votes, news, and books. All
/// of it is made over HTTP by the members themselves.
/// </summary>
internal sealed class DemoStory(DemoCast cast, DemoMember admin, TimeProvider time)
{
    private static readonly TimeSpan ShortVote = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongVote = TimeSpan.FromDays(7);

    public async Task TellAsync(CancellationToken ct)
    {
        using var secretary = await admin.InviteAsync(cast.Members[1], "member");
        using var treasurer = await admin.InviteAsync(cast.Members[2], "member");
        using var member = await admin.InviteAsync(cast.Members[3], "member");
        DemoMember[] all = [admin, secretary, treasurer, member];
        var closing = await DecideAsync(secretary, all);
        await KeepBooksAsync(all);
        await AnnounceAsync(member);
        await WaitUntilClosedAsync(closing, ct);
    }

    // A draft, one that was given up, one that is open, and one whose time is over soon: its id.
    private async Task<Guid> DecideAsync(DemoMember author, DemoMember[] voters)
    {
        await DraftAsync(author, "Ideas for next year", "Not yet for the vote.");
        var dropped = await DraftAsync(author, "Paint everything green", "On second thoughts, no.");
        await author.PostAsync($"/api/proposals/{dropped}/withdraw", new { });
        var open = await DraftAsync(author, cast.Motion, "We have talked about it in two meetings. Let us decide.");
        await OpenAsync(author, open, LongVote);
        await VoteAsync(open, voters[..2], "yes");
        await VoteAsync(open, voters[2..3], "abstain");
        var closing = await DraftAsync(author, "Join the federation", "So that nobody, not even we, can change our books unnoticed.");
        await OpenAsync(author, closing, ShortVote);
        await VoteAsync(closing, voters, "yes");
        return closing;
    }

    private static async Task<Guid> DraftAsync(DemoMember author, string title, string body) =>
        (await author.PostAsync("/api/proposals", new { title, body })).GetProperty("id").GetGuid();

    private async Task OpenAsync(DemoMember author, Guid proposal, TimeSpan length) =>
        await author.PostAsync($"/api/proposals/{proposal}/open", new { closesAt = (time.GetUtcNow() + length).ToString("O", CultureInfo.InvariantCulture) });

    private static async Task VoteAsync(Guid proposal, DemoMember[] voters, string choice)
    {
        foreach (var voter in voters)
        {
            await voter.PutAsync($"/api/proposals/{proposal}/vote", new { choice });
        }
    }

    private async Task KeepBooksAsync(DemoMember[] members)
    {
        await admin.PostAsync("/api/ledger/units", new { code = "EUR", name = "Euro", scale = 2, kind = "money" });
        await admin.PostAsync("/api/ledger/units", new { code = "HOUR", name = "Hours of work", scale = 2, kind = "hours" });
        var bank = await AccountAsync("Bank", "asset", null);
        var sales = await AccountAsync("Sales", "income", null);
        var shares = await AccountAsync("Shares of members", "equity", null);
        await JournalAsync("Takings of the week", (bank, 184_250), (sales, -184_250));
        foreach (var member in members)
        {
            var own = await AccountAsync($"Account of {member.Name}", "liability", member.Id);
            await JournalAsync($"Share of {member.Name}", (bank, 25_000), (shares, -25_000));
            await JournalAsync("Wage", (sales, 120_000), (own, -120_000));
        }
    }

    private async Task<Guid> AccountAsync(string name, string type, Guid? ownerId) =>
        (await admin.PostAsync("/api/ledger/accounts", new { name, unit = "EUR", type, ownerId })).GetProperty("id").GetGuid();

    private async Task JournalAsync(string memo, params (Guid Account, long Minor)[] postings) => await admin.PostAsync(
        "/api/ledger/journals",
        new
        {
            memo,
            effectiveDate = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            postings = postings.Select(p => new { accountId = p.Account, amountMinor = p.Minor }),
        });

    private async Task AnnounceAsync(DemoMember reader)
    {
        var id = (await admin.PostAsync("/api/announcements", new { title = cast.News, body = "See you there." })).GetProperty("id").GetGuid();
        await admin.PostAsync("/api/announcements", new { title = "We are in a federation", body = "Other co-ops now keep a copy of our log, and we keep one of theirs." });
        await reader.PutAsync($"/api/announcements/{id}/read", new { });
    }

    private async Task WaitUntilClosedAsync(Guid proposal, CancellationToken ct)
    {
        while ((await admin.GetAsync($"/api/proposals/{proposal}")).GetProperty("status").GetString() != "closed")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, ct);
        }
    }
}
