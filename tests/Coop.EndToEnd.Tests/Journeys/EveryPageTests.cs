using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>Every page of a co-op with something in it: by axe-core, and on a small phone.</summary>
public sealed class EveryPageTests(Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task EveryPage_IsAccessible_AndFitsItsWindow(ColorScheme scheme, int width)
    {
        await using var node = await LocalNode.StartAsync();
        var screen = new ViewportSize { Width = width, Height = 800 };
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url, screen, scheme);
        await ada.Page.GotoAsync(node.EnrolmentLink);
        await ada.SeeHeadingAsync("Let’s open your co-op");
        var faults = new List<string>();
        await LookAsync(ada.Page, "join", faults);
        await ada.Page.GotoAsync("/#/join/none");
        await ada.SeeHeadingAsync("This link does not work any more");
        await LookAsync(ada.Page, "spent link", faults);
        await ada.GoAsync("/sign-in");
        await LookAsync(ada.Page, "sign-in", faults);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        foreach (var path in await Furnish.PagesAsync(ada))
        {
            await ada.GoAsync(path);
            await LookAsync(ada.Page, path, faults);
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.Empty(ada.Complaints);
    }

    private static async Task LookAsync(IPage page, string name, List<string> faults)
    {
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Loading" })).ToHaveCountAsync(0);
        faults.AddRange((await Accessibility.ViolationsAsync(page)).Select(v => $"{name}: {v}"));
        if (await Accessibility.OverflowAsync(page) is > 0 and var overflow)
        {
            faults.Add($"{name}: {overflow} px wider than the window");
        }
    }
}
