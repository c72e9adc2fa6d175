using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>What takes a moment, since two nodes talk about it, and what is asked before it is done.</summary>
internal static class Waiting
{
    private const int MaxRounds = 240;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Presses a button that asks, and says yes.</summary>
    public static async Task ConfirmAsync(this Person person, string action, string? reason = null)
    {
        await person.StartsWith(action).ClickAsync();
        var dialog = person.Page.GetByRole(AriaRole.Dialog);
        if (reason is not null)
        {
            await dialog.GetByLabel("Reason").FillAsync(reason);
        }

        await dialog.GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    /// <summary>The button of that name, which goes on with what it is about.</summary>
    public static ILocator StartsWith(this Person person, string name) =>
        person.Page.GetByRole(AriaRole.Button, new() { Name = name }).First;

    /// <summary>Opens the page again until it says so.</summary>
    public static async Task UntilAsync(this Person person, string path, string text)
    {
        var seen = "";
        for (var round = 0; round < MaxRounds; round++)
        {
            await person.GoAsync(path);
            await Expect(person.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Loading" })).ToHaveCountAsync(0);
            seen = await person.Page.Locator("body").InnerTextAsync();
            if (seen.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(Pause);
        }

        Assert.Fail($"“{text}” never came up on {path}, but: {seen}");
    }
}
