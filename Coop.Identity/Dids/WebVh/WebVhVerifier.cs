using Coop.Identity.Json;

namespace Coop.Identity.Dids.WebVh;

/// <summary>
/// Checks a history of did:webvh 1.0 from its first entry to its last. A pure function of the files and the
/// time; bounded by <see cref="WebVhLimits"/>.
/// </summary>
public static class WebVhVerifier
{
    /// <param name="log">The bytes of <c>did.jsonl</c>.</param>
    /// <param name="witnesses">The bytes of <c>did-witness.json</c>; empty where there are none.</param>
    /// <param name="now">Entries of later times are refused.</param>
    /// <returns>The entries that hold, and the first fault if there is one.</returns>
    public static WebVhHistory Verify(ReadOnlySpan<byte> log, ReadOnlySpan<byte> witnesses, DateTimeOffset now)
    {
        var (states, fault) = VerifyEntries(log, now);
        var (approved, missing) = WebVhWitnessing.Check(states, witnesses);
        return new WebVhHistory(states[..approved], missing ?? fault);
    }

    /// <summary>Everything but the witnesses, e.g. before there are any proofs of theirs.</summary>
    public static WebVhHistory VerifyUnwitnessed(ReadOnlySpan<byte> log, DateTimeOffset now)
    {
        var (states, fault) = VerifyEntries(log, now);
        return new WebVhHistory(states, fault);
    }

    private static (List<WebVhState> States, WebVhFault? Fault) VerifyEntries(ReadOnlySpan<byte> log, DateTimeOffset now)
    {
        var states = new List<WebVhState>();
        if (log.Length > WebVhLimits.MaxLogSizeBytes)
        {
            return (states, new WebVhFault(0, WebVhCodes.TooLarge, $"The history has more than {WebVhLimits.MaxLogSizeBytes} bytes."));
        }

        try
        {
            foreach (var range in log.Split((byte)'\n'))
            {
                // Only the end of the last line is followed by nothing.
                if (log[range].IsEmpty && range.End.GetOffset(log.Length) == log.Length)
                {
                    break;
                }

                states.Add(Next(states, log[range], now));
            }
        }
        catch (WebVhException e)
        {
            return (states, new WebVhFault(states.Count + 1, e.Code, e.Message));
        }
        catch (CanonicalJsonException e)
        {
            return (states, new WebVhFault(states.Count + 1, WebVhCodes.Entry, e.Message));
        }

        return (states, states.Count == 0 ? new WebVhFault(0, WebVhCodes.Empty, "The history has no entry.") : null);
    }

    private static WebVhState Next(List<WebVhState> states, ReadOnlySpan<byte> line, DateTimeOffset now) =>
        states.Count < WebVhLimits.MaxEntries
            ? WebVhState.Follow(states.LastOrDefault(), WebVhEntry.Parse(line), now)
            : throw new WebVhException(WebVhCodes.TooLarge, $"The history has more than {WebVhLimits.MaxEntries} entries.");
}
