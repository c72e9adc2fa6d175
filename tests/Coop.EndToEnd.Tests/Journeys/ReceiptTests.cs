using System.Text.RegularExpressions;
using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>A node that lies, played by rewriting its answers on the way to the browser.</summary>
public sealed partial class ReceiptTests(Chromium chromium)
{
    [Fact]
    public async Task TamperedReceipt_IsCalledOut()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        var path = await OpenOwnEventAsync(ada, node);

        await RewriteAsync(ada.Page, "**/log/events/*/receipt", receipt => receipt.Replace("index ", "index 1", StringComparison.Ordinal));
        await ReopenAsync(ada, path);
        await ada.SeeAsync("Do not rely on this receipt");
        await ExpectFailuresAsync(ada.Page, "The entry is about this event", "The entry is in the log, unchanged");
    }

    [Fact]
    public async Task TamperedPayload_IsCalledOut()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        var path = await OpenOwnEventAsync(ada, node);

        await RewriteAsync(ada.Page, "**/api/log/events/*", detail => detail.Replace("\"Ada\"", "\"Eve\"", StringComparison.Ordinal));
        await ReopenAsync(ada, path);
        await ExpectFailuresAsync(ada.Page, "The content is what was logged");
    }

    [Fact]
    public async Task OtherKey_IsNoticed_AndCanBeAccepted()
    {
        await using var node = await LocalNode.StartAsync();
        await using var other = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        var path = await OpenOwnEventAsync(ada, node);
        var foreign = await VkeyAsync(ada.Page, other.Url);
        var own = await VkeyAsync(ada.Page, node.Url);

        await RewriteAsync(ada.Page, "**/.well-known/coop-node", answer => answer.Replace(own, foreign, StringComparison.Ordinal));
        await ReopenAsync(ada, path);
        await ExpectFailuresAsync(ada.Page, "The log’s key is the one this browser remembers");

        await ada.Button("Trust the new key").First.ClickAsync();
        await ada.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Trust the new key" }).ClickAsync();
        // The other key is known now, but this log is not signed with it.
        await ExpectFailuresAsync(ada.Page, "Your co-op’s node signed that log");
    }

    /// <summary>Joins, and opens the event of it once its receipt is verified; returns its path.</summary>
    private static async Task<string> OpenOwnEventAsync(Person person, LocalNode node)
    {
        await person.JoinAsync(node.EnrolmentLink, "Ada");
        await person.GoAsync("/log/mine");
        await person.Link("You joined the co-op").ClickAsync();
        await person.SeeAsync("This receipt is genuine.");
        return Steps.PathOf(person.Page);
    }

    private static async Task ReopenAsync(Person person, string path)
    {
        await person.GoAsync("/log");
        await person.GoAsync(path);
    }

    private static async Task<string> VkeyAsync(IPage page, Uri node)
    {
        var answer = await page.APIRequest.GetAsync(new Uri(node, "/.well-known/coop-node").ToString());
        return Vkey().Match(await answer.TextAsync()).Groups[1].Value;
    }

    private static async Task RewriteAsync(IPage page, string address, Func<string, string> change) =>
        await page.RouteAsync(address, async route =>
        {
            var answer = await route.FetchAsync();
            var body = change(await answer.TextAsync());
            await route.FulfillAsync(new() { Response = answer, Body = body });
        });

    private static async Task ExpectFailuresAsync(IPage page, params string[] titles)
    {
        var failed = page.GetByRole(AriaRole.Region, new() { Name = "Receipt" })
            .GetByRole(AriaRole.Listitem)
            .Filter(new() { HasText = "Does not hold:" });
        foreach (var title in titles)
        {
            await Expect(failed.Filter(new() { HasText = title })).ToHaveCountAsync(1);
        }

        await Expect(failed).ToHaveCountAsync(titles.Length);
    }

    [GeneratedRegex("\"vkey\":\"([^\"]+)\"")]
    private static partial Regex Vkey();
}
