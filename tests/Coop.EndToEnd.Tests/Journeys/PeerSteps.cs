using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>What secretaries do before they peer.</summary>
internal static class PeerSteps
{
    /// <summary>Enters the other co-op's address where one is invited; answers the number to compare.</summary>
    public static async Task<string> LookWhoIsAsync(this Person person, LocalNode other)
    {
        await person.GoAsync("/peers");
        await person.Link("Invite a co-op").ClickAsync();
        await person.Page.GetByLabel("Address or DID of its node").FillAsync(other.Url.GetLeftPart(UriPartial.Authority));
        await person.Button("See who it is").ClickAsync();
        await person.SeeAsync(await other.DidAsync());
        return await person.NumberAsync();
    }

    /// <summary>Proposes what the form begins with.</summary>
    public static async Task ProposeAsync(this Person person, LocalNode other)
    {
        await person.LookWhoIsAsync(other);
        await person.Page.GetByLabel("We compared it, and it is the same.").CheckAsync();
        await person.Button("Propose this").ClickAsync();
        await person.SeeAsync("Waiting for them");
    }

    /// <summary>Accepts the terms that the page shows; leaves it only when that is done.</summary>
    public static async Task AcceptAsync(this Person person)
    {
        await person.Page.GetByLabel("We compared it, and it is the same.").CheckAsync();
        await person.Button("Accept these terms").ClickAsync();
        await Expect(person.Button("Accept these terms")).ToHaveCountAsync(0);
    }

    /// <summary>Looks at a co-op that is blocked: it cannot be invited.</summary>
    public static async Task LookWhoIsBlockedAsync(this Person person, LocalNode other)
    {
        await person.GoAsync("/peers/invite");
        await person.Page.GetByLabel("Address or DID of its node").FillAsync(await other.DidAsync());
        await person.Button("See who it is").ClickAsync();
        await person.SeeAsync("This co-op is blocked here.");
        await Expect(person.Button("Propose this")).ToHaveCountAsync(0);
    }

    /// <summary>The number to compare, as the page shows it.</summary>
    public static async Task<string> NumberAsync(this Person person)
    {
        var groups = person.Page.GetByRole(AriaRole.List, new() { Name = "Number to compare" }).Locator("[aria-hidden]");
        await Expect(groups).ToHaveCountAsync(6);
        return string.Join(' ', await groups.AllInnerTextsAsync());
    }
}
