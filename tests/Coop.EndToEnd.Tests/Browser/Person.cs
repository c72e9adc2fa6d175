using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Browser;

/// <summary>
/// Somebody with a browser and a device of their own: cookies, storage and a fresh virtual
/// authenticator that nobody else has.
/// </summary>
public sealed partial class Person : IAsyncDisposable
{
    /// <summary>Only a hang ends a test; a slow machine does not.</summary>
    private const float PatienceMs = 180_000;

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Person(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>What the browser's console complained about: script errors, refused content.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Person> ArriveAsync(
        IBrowser browser, Uri node, ViewportSize? screen = null, ColorScheme scheme = ColorScheme.Light,
        bool hasPrf = true)
    {
        ArgumentNullException.ThrowIfNull(browser);
        SetDefaultExpectTimeout(PatienceMs);
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = node.ToString(),
            ViewportSize = screen ?? new() { Width = 1280, Height = 900 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "Europe/Lisbon",
        });
        context.SetDefaultTimeout(PatienceMs);
        var page = await context.NewPageAsync();
        var person = new Person(context, page);
        page.Console += (_, message) => person.Hear(message);
        page.PageError += (_, error) => person._complaints.Add(error);
        await person.HandDeviceAsync(hasPrf);
        return person;
    }

    /// <summary>Opens an address of the client afresh, e.g. <c>/proposals</c>.</summary>
    public async Task GoAsync(string path)
    {
        // From another page, since going from one fragment to another loads nothing.
        await Page.GotoAsync("about:blank");
        await Page.GotoAsync($"/#{path}");
        await Expect(Page.Locator($"main[data-path='{path}'] h1")).ToBeVisibleAsync();
    }

    /// <summary>Follows a link that was printed, mailed or shown to this person, and joins.</summary>
    public async Task JoinAsync(string link, string name)
    {
        await Page.GotoAsync(link);
        await Page.GetByLabel("Your name").FillAsync(name);
        await Button("Create my passkey").ClickAsync();
        await SeeHeadingAsync($"Hello, {name}");
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>A link of the main navigation.</summary>
    public ILocator Place(string name) => Page
        .GetByRole(AriaRole.Navigation, new() { Name = "Main" })
        .GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public Task SeeHeadingAsync(string text) => Expect(Page.Locator("main h1")).ToHaveTextAsync(text);

    public Task SeeAsync(string text) => Expect(Page.Locator("main")).ToContainTextAsync(text);

    /// <summary>
    /// Takes a browser that knows nothing, and the same device: no cookie, no storage, but the passkey.
    /// </summary>
    public async Task TakeFreshBrowserAsync()
    {
        await Page.EvaluateAsync("async () => { for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name); localStorage.clear(); }");
        await _context.ClearCookiesAsync();
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    /// <summary>WebAuthn level 3, section 11: a device that verifies its user without being asked.</summary>
    private async Task HandDeviceAsync(bool hasPrf)
    {
        var devTools = await _context.NewCDPSessionAsync(Page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = true,
                hasPrf,
                hasUserVerification = true,
                isUserVerified = true,
                automaticPresenceSimulation = true,
            },
        });
    }

    private void Hear(IConsoleMessage message)
    {
        // An answer of 4xx is the node's way to say no, and 502 that another node failed; the pages show it, and it is
        // no fault of theirs.
        if (message.Type is "error" or "warning" && !Refusal().IsMatch(message.Text))
        {
            _complaints.Add(message.Text);
        }
    }

    [GeneratedRegex(@"^Failed to load resource: the server responded with a status of (4\d\d|502)")]
    private static partial Regex Refusal();
}
