using System.Globalization;
using Coop.Ledger;
using Coop.Ledger.Journals;
using Coop.Ledger.Units;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>Checks of the ledger's own fields.</summary>
internal static class LedgerFields
{
    public static UnitCode Unit(string text, string field) =>
        UnitCode.TryParse(text, out var code)
            ? code
            : throw Fields.Invalid(field, "must be 2 to 12 of A-Z and 0-9.");

    public static DateOnly EffectiveDate(DateOnly date) => Day(date, "effectiveDate");

    /// <summary>A day that the books know.</summary>
    public static DateOnly Day(DateOnly date, string field) =>
        date >= LedgerLimits.FirstEffectiveDate && date <= LedgerLimits.LastEffectiveDate
            ? date
            : throw Fields.Invalid(field, string.Create(
                CultureInfo.InvariantCulture,
                $"must be from {LedgerLimits.FirstEffectiveDate:O} to {LedgerLimits.LastEffectiveDate:O}."));

    /// <summary>Documents by their hashes, none twice.</summary>
    public static IReadOnlyList<Attachment> Attachments(IReadOnlyList<string>? hashes)
    {
        var attachments = (hashes ?? []).Select(hash => Attachment.TryParse(hash, out var attachment)
            ? attachment
            : throw Fields.Invalid("attachments", "must each be 64 lower-case hexadecimal digits.")).ToList();
        Fields.Range(attachments.Count, "attachments", 0, LedgerLimits.MaxAttachments);
        return attachments.Distinct().Count() == attachments.Count
            ? attachments
            : throw Fields.Invalid("attachments", "names a document twice.");
    }

    /// <summary>A floor and a ceiling that may both be kept.</summary>
    public static (long? Floor, long? Ceiling) Limits(long? floorMinor, long? ceilingMinor)
    {
        var floor = Floor(floorMinor);
        long? ceiling = ceilingMinor is { } c ? Fields.Range(c, "ceilingMinor", -long.MaxValue, long.MaxValue) : null;
        return ceiling < floor
            ? throw Fields.Invalid("ceilingMinor", "must not be below floorMinor.")
            : (floor, ceiling);
    }

    /// <summary>A floor that can be compared with every balance: -2^63 has no counterpart.</summary>
    public static long? Floor(long? floorMinor) =>
        floorMinor is { } floor ? Fields.Range(floor, "floorMinor", -long.MaxValue, long.MaxValue) : null;
}
