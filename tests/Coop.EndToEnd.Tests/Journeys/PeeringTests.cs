using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>Two secretaries let their co-ops work together, change their minds, and part.</summary>
public sealed class PeeringTests(Chromium chromium)
{
    [Fact]
    public async Task TwoCoops_Invite_Compare_Accept_Suspend_Resume_Renegotiate_AndEnd()
    {
        await using var home = await LocalNode.StartAsync();
        await using var away = await LocalNode.StartAsync("Mill Co-op");
        await using var ada = await Person.ArriveAsync(chromium.Browser, home.Url);
        await using var mia = await Person.ArriveAsync(chromium.Browser, away.Url);
        await ada.JoinAsync(home.EnrolmentLink, "Ada");
        await mia.JoinAsync(away.EnrolmentLink, "Mia");
        await ada.GoAsync("/members");
        await ada.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Other co-ops" }).ClickAsync();
        await ada.SeeAsync("None yet.");
        await ada.LooksRightAsync("/peers-none");

        // Invited, after both have compared what they see.
        var number = await ada.LookWhoIsAsync(away);
        Assert.Equal(number, await mia.LookWhoIsAsync(home));
        await ada.LooksRightAsync("/peers-invite");
        await ada.Page.GetByRole(AriaRole.Group, new() { Name = "Mill Co-op may" }).GetByLabel("send their members here as guests").CheckAsync();
        await ada.Page.GetByLabel("We compared it, and it is the same.").CheckAsync();
        await ada.Button("Propose this").ClickAsync();
        await ada.SeeHeadingAsync("Mill Co-op");
        await ada.SeeAsync("Waiting for them");
        var path = Steps.PathOf(ada.Page);
        await ada.LooksRightAsync("/peers-proposed");

        // Accepted, after comparing again.
        await mia.UntilAsync("/", "Co-ops that wait for our answer");
        await mia.LooksRightAsync("/peers-home");
        await mia.Link("Harvest Moon Co-op").ClickAsync();
        await mia.SeeAsync("Harvest Moon Co-op proposes to work with us.");
        await mia.SeeAsync("We may");
        Assert.Equal(number, await mia.NumberAsync());
        await mia.LooksRightAsync("/peers-waiting");
        await mia.AcceptAsync();
        await mia.SeeAsync("We and Harvest Moon Co-op do for each other what the terms say.");
        await ada.UntilAsync(path, "We and Mill Co-op do for each other what the terms say.");
        await ada.UntilAsync(path, "What they have confirmed of ours\nThe newest state");
        await ada.LooksRightAsync("/peers-active");

        // Held back for a while, and on again.
        await ada.ConfirmAsync("Suspend", "Stocktaking");
        await ada.SeeAsync("We suspended it.");
        await mia.UntilAsync(path, "Harvest Moon Co-op suspended it.");
        await mia.SeeAsync("“Stocktaking”");
        await mia.LooksRightAsync("/peers-suspended");
        await ada.ConfirmAsync("Resume");
        await ada.SeeAsync("We and Mill Co-op do for each other");
        await mia.UntilAsync(path, "Harvest Moon Co-op resumed it");
        await mia.SeeAsync("We and Harvest Moon Co-op do for each other");

        // Other terms.
        await ada.Link("Propose other terms").ClickAsync();
        await ada.Page.GetByRole(AriaRole.Group, new() { Name = "Mill Co-op may" }).GetByLabel("send us claims").CheckAsync();
        await ada.SeeAsync("New They may send us claims, and read what we share.");
        await ada.LooksRightAsync("/peers-terms");
        await ada.Button("Propose these terms").ClickAsync();
        await ada.SeeAsync("What we propose");
        await mia.UntilAsync(path, "What Harvest Moon Co-op proposes");
        await mia.SeeAsync("New We may send them claims, and read what they share.");
        await mia.AcceptAsync();
        await mia.UntilAsync(path, "Version 2 of the terms");
        await ada.UntilAsync(path, "Version 2 of the terms");

        // The end, and a block that is taken back.
        await mia.StartsWith("End it").ClickAsync();
        await mia.Page.GetByRole(AriaRole.Dialog).GetByLabel("Take no proposals").CheckAsync();
        await mia.LooksRightAsync("/peers-end");
        await mia.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End it" }).ClickAsync();
        await mia.SeeAsync("It is over.");
        await ada.UntilAsync(path, "Mill Co-op ended it");
        await ada.SeeAsync("It is over.");
        await mia.GoAsync("/peers");
        await mia.SeeAsync(await home.DidAsync());
        await mia.LooksRightAsync("/peers-blocked");
        await mia.LookWhoIsBlockedAsync(home);
        await ada.ProposeAsync(away);
        await ada.SeeAsync("Their co-op takes no proposals from ours: it has blocked us.");
        await ada.LooksRightAsync("/peers-undelivered");
        await mia.GoAsync("/peers");
        await mia.ConfirmAsync("Unblock");
        await Expect(mia.Page.GetByRole(AriaRole.Region, new() { Name = "Blocked co-ops" })).ToContainTextAsync("None.");
        await mia.UntilAsync("/log", "You unblocked a co-op");
        await mia.SeeAsync("You ended what we do with Harvest Moon Co-op");
        Assert.Empty(ada.Complaints);
        Assert.Empty(mia.Complaints);
    }

    [Fact]
    public async Task WhatIsNoCoop_IsSaidInPlainWords_AndAProposalCanBeDeclined()
    {
        await using var home = await LocalNode.StartAsync();
        await using var away = await LocalNode.StartAsync("Mill Co-op");
        await using var ada = await Person.ArriveAsync(chromium.Browser, home.Url);
        await using var mia = await Person.ArriveAsync(chromium.Browser, away.Url);
        await ada.JoinAsync(home.EnrolmentLink, "Ada");
        await mia.JoinAsync(away.EnrolmentLink, "Mia");
        await ada.GoAsync("/peers/invite");
        await ada.Page.GetByLabel("Address or DID of its node").FillAsync("http://localhost:9");
        await ada.Button("See who it is").ClickAsync();
        await ada.SeeAsync("No co-op’s node answers there.");
        await ada.LooksRightAsync("/peers-unreachable");
        await ada.Page.GetByLabel("Address or DID of its node").FillAsync(home.Url.GetLeftPart(UriPartial.Authority));
        await ada.Button("See who it is").ClickAsync();
        await ada.SeeAsync("This is our own node.");

        await ada.CreateUnitAsync("Euro", "EUR");
        await ada.LookWhoIsAsync(away);
        var grant = ada.Page.GetByRole(AriaRole.Group, new() { Name = "Mill Co-op may" });
        await grant.GetByLabel("trade with us").CheckAsync();
        await grant.GetByRole(AriaRole.Button, new() { Name = "Add a trade limit" }).ClickAsync();
        await grant.GetByLabel("The most that they owe us").FillAsync("500");
        await grant.Locator("summary").ClickAsync();
        await ada.LooksRightAsync("/peers-limits");
        // The browser itself insists on the comparison.
        await ada.Button("Propose this").ClickAsync();
        await Expect(ada.Page.GetByLabel("We compared it, and it is the same.")).ToBeFocusedAsync();
        await ada.Page.GetByLabel("We compared it, and it is the same.").CheckAsync();
        await ada.Button("Propose this").ClickAsync();
        await ada.SeeAsync("Waiting for them");
        var path = Steps.PathOf(ada.Page);
        await mia.UntilAsync("/peers", "Waiting for our answer");
        await mia.LooksRightAsync("/peers-list");
        await mia.GoAsync(path);
        await mia.SeeAsync("The same");
        // It has no such unit, and so does not know where the point goes.
        await mia.SeeAsync("We may owe up to 50,000 of the smallest parts of EUR.");
        await mia.ConfirmAsync("Decline");
        await mia.SeeAsync("It is over.");
        await ada.UntilAsync(path, "Mill Co-op ended it");
        Assert.Empty(ada.Complaints);
        Assert.Empty(mia.Complaints);
    }
}
