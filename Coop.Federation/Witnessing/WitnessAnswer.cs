using System.Globalization;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Witnessing;

/// <summary>A witness's answer to <c>add-checkpoint</c>, as it goes over HTTP.</summary>
/// <param name="Verdict">What was decided.</param>
/// <param name="ContentType">The body's media type.</param>
/// <param name="Body">Signature lines at 200, a size at 409, a sentence for people otherwise.</param>
/// <param name="Submitted">
/// The checkpoint, with the log's own signatures alone, where a trusted key signed it: also when it was not
/// cosigned, since together with another it may prove that the log shows two histories. Null where it is not
/// known to be the log's.
/// </param>
public sealed record WitnessAnswer(WitnessVerdict Verdict, string ContentType, string Body, SignedNote? Submitted)
{
    /// <summary>The media type of a size, which the log then gives as the old size.</summary>
    public const string SizeType = "text/x.tlog.size";

    public const string TextType = "text/plain; charset=utf-8";

    /// <summary>The HTTP status.</summary>
    public int Status => Verdict switch
    {
        WitnessVerdict.Cosigned => 200,
        WitnessVerdict.Malformed or WitnessVerdict.OldSizeTooLarge => 400,
        WitnessVerdict.NotSigned => 403,
        WitnessVerdict.UnknownOrigin => 404,
        WitnessVerdict.Stale or WitnessVerdict.OtherRoot => 409,
        WitnessVerdict.NotConsistent => 422,
        _ => throw new InvalidOperationException($"There is no status for {Verdict}."),
    };

    internal static WitnessAnswer Cosigned(NoteSignature cosignature, SignedNote submitted) =>
        new(WitnessVerdict.Cosigned, TextType, SignatureLines.Encode([cosignature]), submitted);

    internal static WitnessAnswer Stale(long cosignedSize, SignedNote submitted) => new(
        WitnessVerdict.Stale, SizeType, string.Create(CultureInfo.InvariantCulture, $"{cosignedSize}\n"), submitted);

    internal static WitnessAnswer Refused(WitnessVerdict verdict, string reason, SignedNote? submitted = null) =>
        new(verdict, TextType, reason + "\n", submitted);
}
