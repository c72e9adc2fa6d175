using Coop.EndToEnd.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>What a person does on the wallet page.</summary>
internal static class WalletSteps
{
    public static async Task UpgradeAsync(this Person person)
    {
        await person.GoAsync("/wallet");
        await person.Button("Get my card").ClickAsync();
        await Expect(person.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Where your cards live" })).ToBeVisibleAsync();
    }

    /// <summary>The DID that the page shows, once it is asked for.</summary>
    public static async Task<string> DidAsync(this Person person)
    {
        await person.Page.GetByText("Its public address (DID)").ClickAsync();
        return await person.Page.Locator("details[open] .code").InnerTextAsync();
    }

    public static async Task RemoveKeyAsync(this Person person)
    {
        await person.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Remove" }).First.ClickAsync();
        await person.Page.GetByRole(Microsoft.Playwright.AriaRole.Dialog)
            .GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(person.Button("Get my card")).ToBeVisibleAsync();
    }

    /// <summary>Lets the members of another co-op in as guests.</summary>
    public static Task TrustAsync(this Person admin, string did, string label) => admin.Page.EvaluateAsync(
        """
        async ([did, label]) => {
          const answer = await fetch('/api/trusted-issuers', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ did, label }),
          });
          if (!answer.ok) throw new Error(await answer.text());
        }
        """,
        new[] { did, label });

    /// <summary>Opens the link by which another co-op asks for a card.</summary>
    public static async Task ShowAsync(this Person person, string link)
    {
        await person.GoAsync("/wallet");
        await person.Page.GetByLabel("Link").FillAsync(link);
        await person.Button("Look who asks").ClickAsync();
        await person.SeeHeadingAsync("Show a card");
    }
}
