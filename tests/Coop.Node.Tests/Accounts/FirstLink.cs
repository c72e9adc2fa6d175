using Coop.Node.Features.Accounts;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Accounts;

internal static class FirstLink
{
    /// <summary>The link that the node printed at its start.</summary>
    public static string Link(this TestNode node) =>
        node.Services.GetRequiredService<FirstAdministrator>().Link!;
}
