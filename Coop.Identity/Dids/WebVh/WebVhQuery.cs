using System.Globalization;

namespace Coop.Identity.Dids.WebVh;

/// <summary>Which version a DID URL asks for (did:webvh 1.0, "Reading did:webvh DID URLs").</summary>
internal sealed record WebVhQuery(string? VersionId, int? VersionNumber, DateTimeOffset? VersionTime)
{
    public bool IsByTime => VersionTime is not null;

    /// <summary>Null where the URL asks for none.</summary>
    /// <exception cref="DidException">A value is not of its kind.</exception>
    public static WebVhQuery? Parse(DidUrl url)
    {
        var (id, number, time) = (url.Parameter("versionId"), url.Parameter("versionNumber"), url.Parameter("versionTime"));
        return id is null && number is null && time is null ? null : new WebVhQuery(id, Number(number), Time(time));
    }

    /// <summary>By time, the last entry that matches is the one that was in force.</summary>
    public bool Matches(WebVhEntry entry) =>
        (VersionId is null || entry.VersionId == VersionId)
        && (VersionNumber is null || entry.VersionNumber == VersionNumber)
        && (VersionTime is null || entry.VersionTime <= VersionTime);

    private static int? Number(string? text) => text is null
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Invalid("versionNumber");

    private static DateTimeOffset? Time(string? text) => text is null
        ? null
        : WebVhTime.TryParse(text, out var time) ? time : throw Invalid("versionTime");

    private static DidException Invalid(string name) =>
        new(DidError.InvalidDid, DidCodes.InvalidUrl, $"The DID URL's {name} is not one.");
}
