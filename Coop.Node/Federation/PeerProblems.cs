using Coop.Federation.Messages;
using Coop.Federation.Peering;
using Coop.Node.Http;

namespace Coop.Node.Federation;

/// <summary>The problem types of what <c>Coop.Federation</c> refuses.</summary>
internal static class PeerProblems
{
    public static ProblemType Of(MessageException refusal) => refusal.Code switch
    {
        MessageCodes.SignatureMissing => ProblemTypes.SignatureMissing,
        MessageCodes.SignatureComponents => ProblemTypes.SignatureComponents,
        MessageCodes.DestinationWrong => ProblemTypes.DestinationWrong,
        MessageCodes.SignatureStale => ProblemTypes.SignatureStale,
        MessageCodes.SignatureFuture => ProblemTypes.SignatureFuture,
        MessageCodes.SignatureLifetime => ProblemTypes.SignatureLifetime,
        MessageCodes.SignatureWrong => ProblemTypes.SignatureWrong,
        MessageCodes.DigestMismatch => ProblemTypes.DigestMismatch,
        _ => ProblemTypes.SignatureMalformed,
    };

    public static RefusalException Of(PeeringException refusal) => refusal.Code switch
    {
        PeeringCodes.State => ProblemTypes.PeeringState.With(refusal.Message),
        PeeringCodes.Terms => ProblemTypes.PeeringTermsChanged.With(refusal.Message),
        _ => ProblemTypes.TermsInvalid.With($"{refusal.Message} ({refusal.Code})"),
    };
}
