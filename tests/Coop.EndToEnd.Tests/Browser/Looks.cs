using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Browser;

/// <summary>A page in the middle of a journey: by axe-core, and on a small phone; with pictures where they are asked for.</summary>
internal static class Looks
{
    private const int SmallPhonePx = 320;

    public static async Task LooksRightAsync(this Person person, string name)
    {
        var page = person.Page;
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Loading" })).ToHaveCountAsync(0);
        await Pictures.TakeAsync(page, name);
        var faults = await Accessibility.ViolationsAsync(page);
        Assert.True(faults.Count == 0, $"{name}: {string.Join(Environment.NewLine, faults)}");
        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(SmallPhonePx, size.Height);
        Assert.True(await Accessibility.OverflowAsync(page) == 0, $"{name} is wider than a small phone.");
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }
}
