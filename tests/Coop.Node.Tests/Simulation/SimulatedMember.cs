using Coop.Node.Tests.Governance;
using Coop.Node.Tests.Ledger;
using Coop.Testing;

namespace Coop.Node.Tests.Simulation;

/// <summary>A member who does one random thing after the other, allowed or not.</summary>
internal sealed class SimulatedMember(TestMember member, World world, Random random)
{
    private static readonly string[] Choices = ["yes", "no", "abstain"];

    public TestMember Member { get; } = member;

    public Task ActAsync() => random.Next(100) switch
    {
        < 14 => DraftAsync(),
        < 20 => EditAsync(),
        < 32 => OpenAsync(),
        < 35 => WithdrawAsync(),
        < 75 => VoteAsync(),
        < 80 => AnnounceAsync(),
        < 90 => ReadAsync(),
        < 95 => PostAsync(),
        _ => LookAsync(),
    };

    private async Task DraftAsync()
    {
        var answer = await Member.DraftAsync($"Title {random.Next(1000)}", $"Body {random.Next(1000)}");
        Guid? id = answer.Problem is null ? answer.Id : null;
        Note(answer, "proposal.drafted", id is null ? null : $"proposal:{id}");
        if (id is { } made)
        {
            World.Add(world.Proposals, made);
        }
    }

    private async Task EditAsync()
    {
        var id = Some(world.Proposals);
        Note(
            await Member.EditAsync(id, $"Edited {random.Next(1000)}", ""),
            "proposal.edited", $"proposal:{id}");
    }

    private async Task OpenAsync()
    {
        var id = Some(world.Proposals);
        // Now and then too early to be a closing time.
        var closesAt = world.Time.GetUtcNow().AddSeconds(random.Next(-1, 12));
        Note(await Member.OpenAsync(id, closesAt), "proposal.opened", $"proposal:{id}");
    }

    private async Task WithdrawAsync()
    {
        var id = Some(world.Proposals);
        Note(await Member.WithdrawAsync(id), "proposal.withdrawn", $"proposal:{id}");
    }

    private async Task VoteAsync()
    {
        var id = Some(world.Proposals);
        var answer = await Member.VoteAsync(id, Choices[random.Next(Choices.Length)]);
        Note(answer, "vote.cast", $"proposal:{id}");
    }

    private async Task AnnounceAsync()
    {
        var answer = await Member.AnnounceAsync();
        Guid? id = answer.Problem is null ? answer.Id : null;
        Note(answer, "announcement.published", id is null ? null : $"announcement:{id}");
        if (id is { } made)
        {
            World.Add(world.Announcements, made);
        }
    }

    private async Task ReadAsync()
    {
        var id = Some(world.Announcements);
        Note(await Member.MarkReadAsync(id), "announcement.read", $"announcement:{id}");
    }

    /// <summary>A journal under a key that may have been used: one key is one journal.</summary>
    private async Task PostAsync()
    {
        var key = $"key-{random.Next(10)}";
        var answer = await new LedgerClient(Member).JournalAsync(key, (world.Bank, 100), (world.Sales, -100));
        var eventId = answer.Problem is null ? answer.Json.GetProperty("eventId").GetGuid() : (Guid?)null;
        var subject = answer.Problem is null ? $"journal:{answer.Id}" : null;
        world.Diary.Note(new("journal.posted", Member.Actor, subject), eventId, answer.Problem);
    }

    private async Task LookAsync()
    {
        var path = random.Next(2) == 0 ? "/api/proposals" : "/api/announcements";
        var answer = await Member.GetAsync($"{path}?limit={random.Next(1, 20)}");
        Assert.True(answer.Problem is null or "busy", $"{answer.Status} {answer.Body}");
    }

    private Guid Some(List<Guid> ids)
    {
        lock (ids)
        {
            // Mostly one of the last, so that members meet; sometimes one that is not there.
            return ids.Count == 0 || random.Next(20) == 0
                ? new Guid("01980000-0000-7000-8000-00000000dead")
                : ids[Math.Max(0, ids.Count - 1 - random.Next(6))];
        }
    }

    private void Note(Answer answer, string type, string? subject)
    {
        Guid? eventId = answer.Problem is null && answer.Body.GetProperty("eventId").GetString() is { } id
            ? Guid.Parse(id)
            : null;
        world.Diary.Note(new(type, Member.Actor, subject), eventId, answer.Problem);
    }
}
