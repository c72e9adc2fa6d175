using Coop.Node.Http;
using Microsoft.AspNetCore.Identity;

namespace Coop.Node.Features.Accounts;

/// <summary>Words a failed ceremony: the reason goes into the node's log, the caller learns that it failed.</summary>
internal static class PasskeyRefusal
{
    public static RefusalException Of(PasskeyException? failure, ILogger logger)
    {
        Logs.PasskeyRefused(logger, failure?.Message ?? "No reason was given.");
        return ProblemTypes.PasskeyRefused.With("The passkey's answer does not fit this ceremony.");
    }
}
