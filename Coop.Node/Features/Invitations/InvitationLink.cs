using Coop.Identity.Passkeys;
using Coop.Node.Hosting;

namespace Coop.Node.Features.Invitations;

/// <summary>
/// The link that invites: <c>{public address}/#/join/{token}</c>. The token stands in the fragment, which a
/// browser keeps to itself: it is in no server's or proxy's log.
/// </summary>
internal static class InvitationLink
{
    public static string Of(NodeOptions node, InvitationToken token) =>
        $"{node.PublicUrl.AbsoluteUri.TrimEnd('/')}/#/join/{token.Text}";
}
