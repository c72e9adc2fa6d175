using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

public sealed class JoiningTests(Chromium chromium)
{
    [Fact]
    public async Task FirstAdministrator_Joins_SignsOut_AndSignsInAgain()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.Page.GotoAsync(node.EnrolmentLink);
        await ada.SeeHeadingAsync("Let’s open your co-op");
        await ada.JoinAsync(node.EnrolmentLink, "Ada");

        await ada.Button("Sign out").ClickAsync();
        await ada.SeeHeadingAsync("Sign in");
        await ada.Button("Sign in with a passkey").ClickAsync();
        await ada.SeeHeadingAsync("Hello, Ada");
        Assert.Empty(ada.Complaints);
    }

    [Fact]
    public async Task UsedLink_SaysSo_AndLeadsToSignIn()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await using var eve = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");

        await eve.Page.GotoAsync(node.EnrolmentLink);
        await eve.SeeHeadingAsync("This link does not work any more");
        await eve.Link("Sign in").ClickAsync();
        await eve.SeeHeadingAsync("Sign in");
    }

    [Fact]
    public async Task SignIn_WithoutPasskey_ExplainsItself()
    {
        await using var node = await LocalNode.StartAsync();
        await using var eve = await Person.ArriveAsync(chromium.Browser, node.Url);
        await eve.GoAsync("/sign-in");
        await eve.Button("Sign in with a passkey").ClickAsync();
        await Expect(eve.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("cancelled or took too long");
    }

    [Fact]
    public async Task EndedSession_LeadsToSignIn_AndBack()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await ada.GoAsync("/proposals/new");
        await ada.Page.Context.ClearCookiesAsync();

        await ada.Place("Members").ClickAsync();
        await ada.SeeHeadingAsync("Sign in");
        await ada.SeeAsync("Your session has ended");
        await ada.Button("Sign in with a passkey").ClickAsync();
        await ada.SeeHeadingAsync("Members");
    }
}
