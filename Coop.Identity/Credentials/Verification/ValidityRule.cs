namespace Coop.Identity.Credentials.Verification;

/// <summary>Whether a time lies within periods of validity, allowing for clocks that differ.</summary>
internal static class ValidityRule
{
    // The skew is added to the clock, since periods may begin and end with the calendar itself.
    public static Check Check(
        DateTimeOffset now, TimeSpan skew, IEnumerable<DateTimeOffset?> from, IEnumerable<DateTimeOffset?> until)
    {
        if (from.Any(f => f > now + skew))
        {
            return Credentials.Check.Failed(CredentialCodes.NotYetValid, "It is not valid yet.");
        }

        return until.Any(u => u <= now - skew)
            ? Credentials.Check.Failed(CredentialCodes.Expired, "It has expired.")
            : Credentials.Check.Passed("It is within its period of validity.");
    }
}
