using System.Globalization;
using Coop.Identity.Passkeys;
using Coop.Node.Hosting;

namespace Coop.Node.Features.Accounts;

/// <summary>What an operator may set about accounts. Read once at start.</summary>
/// <param name="Origins">
/// The web origins that may run passkey ceremonies and use a session: that of <c>COOP_PUBLIC_URL</c>, and
/// those of <c>COOP_WEB_ORIGINS</c> (separated by spaces), which must lie under the same host name.
/// </param>
/// <param name="CeremoniesPerMinute">
/// <c>COOP_CEREMONIES_PER_MINUTE</c>: how many calls of the anonymous endpoints one network address has
/// per minute; 0 sets no limit. Default 120: a whole co-op may sit behind one address.
/// </param>
public sealed record AccountOptions(OriginRule Origins, int CeremoniesPerMinute)
{
    public const int DefaultCeremoniesPerMinute = 120;

    public static AccountOptions From(IConfiguration configuration, NodeOptions node)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(node);
        var more = (configuration["COOP_WEB_ORIGINS"] ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rate = configuration["COOP_CEREMONIES_PER_MINUTE"];
        return new AccountOptions(
            new OriginRule([node.WebOrigin, .. more]),
            rate is null ? DefaultCeremoniesPerMinute : int.Parse(rate, NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
