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

    /// <summary>The number to compare, as the page shows it.</summary>
    public static async Task<string> NumberAsync(this Person person)
    {
        var groups = person.Page.GetByRole(AriaRole.List, new() { Name = "Number to compare" }).Locator("[aria-hidden]");
        await Expect(groups).ToHaveCountAsync(6);
        return string.Join(' ', await groups.AllInnerTextsAsync());
    }
}
