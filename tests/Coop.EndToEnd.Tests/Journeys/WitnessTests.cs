using System.Text;
using Coop.EndToEnd.Tests.Browser;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Identity.Keys;
using Coop.Node.Federation.Replication;
using Coop.Node.Log;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>What co-ops say about each other's logs, as members see it: that they stand, or that one lied.</summary>
public sealed class WitnessTests(Chromium chromium)
{
    [Fact]
    public async Task Confirmations_OfOthers_AreCounted_InTheLogAndOnReceipts()
    {
        await using var home = await LocalNode.StartAsync();
        await using var away = await LocalNode.StartAsync("Mill Co-op");
        await using var ada = await Person.ArriveAsync(chromium.Browser, home.Url);
        await ada.JoinAsync(home.EnrolmentLink, "Ada");
        await ada.GoAsync("/log");
        await ada.SeeAsync("No other co-op confirms the state of this record yet.");
        await ada.LooksRightAsync("/log-alone");

        await home.PeerWithAsync(away);
        await ada.UntilAsync("/log", "1 other co-op has confirmed this state of the record. That is enough: at least 1 of 1 is asked for.");
        await ada.Page.GetByText("Who has confirmed it").ClickAsync();
        await ada.SeeAsync("Mill Co-op: ");
        await ada.LooksRightAsync("/log-confirmed");
        await ada.GoAsync("/log/mine");
        await ada.Link("You joined the co-op").ClickAsync();
        await ada.SeeAsync("This receipt is genuine.");
        await ada.SeeAsync("Confirmed by 1 of 1 other co-ops");
        await ada.LooksRightAsync("/receipt-confirmed");
        Assert.Empty(ada.Complaints);
    }

    [Fact]
    public async Task TwoHistories_AreShownToAllMembers_UntilAnAdministratorDecides()
    {
        await using var home = await LocalNode.StartAsync();
        await using var away = await LocalNode.StartAsync("Mill Co-op");
        await using var ada = await Person.ArriveAsync(chromium.Browser, home.Url);
        await using var ben = await Person.ArriveAsync(chromium.Browser, home.Url);
        await using var mia = await Person.ArriveAsync(chromium.Browser, away.Url);
        await ada.JoinAsync(home.EnrolmentLink, "Ada");
        await ben.JoinAsync(await ada.InviteAsync("Ben"), "Ben");
        await mia.JoinAsync(away.EnrolmentLink, "Mia");
        await home.PeerWithAsync(away);
        await ada.UntilAsync("/peers", "Mill Co-op");
        await Expect(ada.Page.GetByLabel("Warning")).ToHaveCountAsync(0);

        await ForkAsync(away, home);
        await ben.UntilAsync("/", "There is proof that the record of Mill Co-op was shown in two versions.");
        await ben.LooksRightAsync("/evidence-banner");
        await ben.Link("What was found").ClickAsync();
        await ben.SeeAsync("The proof holds. Your browser checked it just now");
        await ben.SeeAsync("It is the one in the terms that both signed.");
        await ben.SeeAsync("Frozen");
        await ben.LooksRightAsync("/evidence");
        var saved = await SaveAsync(ben);

        var proof = Steps.PathOf(ben.Page);
        await ada.UntilAsync("/peers", "Frozen");
        await ada.LooksRightAsync("/evidence-list");
        await ada.Link("Mill Co-op").ClickAsync();
        await ada.SeeAsync("Our node froze it because of a proof");
        await ada.LooksRightAsync("/evidence-peer");
        await DecideAsync(ada);
        await ada.SeeAsync("We resumed it");
        await ada.SeeAsync("Our co-op keeps to the version that it has a copy of.");
        await Expect(ada.Page.GetByLabel("Warning")).ToHaveCountAsync(0);
        await ben.GoAsync(proof);
        await ben.SeeAsync("our co-op has decided to go on");

        // The liar's own members learn of it when it gets to their node, which may have fetched it meanwhile.
        var reception = await away.Services.GetRequiredService<EvidenceDesk>().TakeAsync(saved, await home.DidAsync(), CancellationToken.None);
        Assert.True(reception is EvidenceReception.New or EvidenceReception.AlreadyKnown, $"It was {reception}.");
        await mia.UntilAsync("/", "There is proof that our own record was shown in two versions.");
        await mia.Link("What was found").ClickAsync();
        await mia.SeeAsync("Harvest Moon Co-op brought it to our node, which checked it.");
        await mia.SeeAsync("The proof holds. Your browser checked it just now");
        await mia.LooksRightAsync("/evidence-own");
        Assert.Empty(ada.Complaints);
        Assert.Empty(ben.Complaints);
    }

    /// <summary>Resumes what was frozen, which takes a choice between the two histories.</summary>
    private static async Task DecideAsync(Person admin)
    {
        const string action = "Resume in spite of the proof";
        await admin.StartsWith(action).ClickAsync();
        var dialog = admin.Page.GetByRole(AriaRole.Dialog);
        var resume = dialog.GetByRole(AriaRole.Button, new() { Name = action, Exact = true });
        await resume.ClickAsync();
        await Expect(dialog).ToContainTextAsync("Choose which version of their record counts from now on.");
        await dialog.GetByLabel("The one that we have a copy of").CheckAsync();
        await dialog.GetByLabel("Reason").FillAsync("Restored from a backup by mistake");
        await admin.LooksRightAsync("/evidence-decide");
        await resume.ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    /// <summary>The liar's key signs another tree of a size that it has signed before, and shows it to the other's witness.</summary>
    private static async Task ForkAsync(LocalNode liar, LocalNode witness)
    {
        using var http = new HttpClient();
        using var key = KeyFiles.Log(Path.Combine(liar.DataFolder.FullName, "keys"));
        var shelf = witness.Services.GetRequiredService<EvidenceShelf>();
        while ((await shelf.ListAsync(CancellationToken.None)).Count == 0)
        {
            var signed = Checkpoint.Parse(SignedNote.Parse(Encoding.UTF8.GetBytes(await http.GetStringAsync(new Uri(liar.Url, "/log/checkpoint")))).Text);
            var other = new Checkpoint(signed.Origin, signed.Size, new byte[32]).Sign(key);
            using var body = new StringContent($"old {signed.Size}\n\n{other}");
            using var answer = await http.PostAsync(new Uri(witness.Url, "/witness/add-checkpoint"), body);
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    /// <summary>What the page saves is what the verb verify takes; it is verified.</summary>
    private static async Task<EquivocationEvidence> SaveAsync(Person member)
    {
        var saving = member.Page.WaitForDownloadAsync();
        await member.Button("Save the proof").ClickAsync();
        var saved = await saving;
        var path = await saved.PathAsync();
        Assert.StartsWith("evidence-", saved.SuggestedFilename, StringComparison.Ordinal);
        return EquivocationEvidence.Parse(await File.ReadAllBytesAsync(path));
    }
}
