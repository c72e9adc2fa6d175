using System.Globalization;

namespace Coop.Identity.Dids.WebVh;

/// <summary>A history that was checked: the entries that hold, and the first fault if there is one.</summary>
public sealed class WebVhHistory
{
    private readonly List<WebVhState> _states;

    internal WebVhHistory(List<WebVhState> states, WebVhFault? fault)
    {
        _states = states;
        Fault = fault;
    }

    /// <summary>Null when every entry holds.</summary>
    public WebVhFault? Fault { get; }

    /// <summary>The entries that hold, from the first on.</summary>
    public IReadOnlyList<WebVhEntry> Entries => _states.ConvertAll(s => s.Entry);

    /// <summary>How long its controller wants the DID to be kept; zero before there is an entry.</summary>
    public TimeSpan TimeToLive => TimeSpan.FromSeconds(Last?.Parameters.TtlSeconds ?? 0);

    /// <summary>Whether any entry needs the approval of witnesses.</summary>
    public bool NeedsWitnesses => _states.Exists(s => s.RequiredWitness is not null);

    internal WebVhState? Last => _states.LastOrDefault();

    /// <summary>The document of the DID, or of the version that the query asks for.</summary>
    /// <param name="url">
    /// A did:webvh; its query may have versionId, versionTime and versionNumber, which must then all agree.
    /// </param>
    /// <remarks>
    /// A version that holds is answered even when later ones do not, as the specification rules; one that
    /// is asked for by time only when the entry after it holds too, which shows how long it was in force.
    /// </remarks>
    public DidResolution Resolve(DidUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        try
        {
            return WebVhQuery.Parse(url) is { } query ? Find(url.Did, query) : Latest(url.Did);
        }
        catch (DidException e)
        {
            return DidResolution.Failed(e);
        }
    }

    private DidResolution Latest(string did)
    {
        if (Fault is not null)
        {
            return Broken();
        }

        return Check(did) ?? (Last!.Parameters.IsDeactivated
            ? DidResolution.Failed(DidError.Deactivated, DidCodes.Deactivated, "The DID was deactivated.", Metadata(Last))
            : Answer(Last));
    }

    private DidResolution Find(string did, WebVhQuery query)
    {
        var index = _states.FindLastIndex(s => query.Matches(s.Entry));
        if (index < 0 || (query.IsByTime && index == _states.Count - 1))
        {
            if (Fault is not null)
            {
                return Broken();
            }
        }

        if (Check(did) is { } refusal)
        {
            return refusal;
        }

        return index < 0
            ? DidResolution.Failed(DidError.NotFound, DidCodes.NotFound, "The history has no such version.")
            : _states[index].Parameters.IsDeactivated
                ? DidResolution.Failed(
                    DidError.Deactivated, DidCodes.Deactivated, "The DID was deactivated by then.", Metadata(_states[index]))
                : Answer(_states[index]);
    }

    private DidResolution? Check(string did) => _states.Any(s => s.Entry.Did == did)
        ? null
        : DidResolution.Failed(DidError.InvalidHistory, WebVhCodes.OtherDid, "The history is another DID's.");

    private DidResolution Broken() => DidResolution.Failed(
        Fault!.Code == WebVhCodes.TooLarge ? DidError.TooLarge : DidError.InvalidHistory,
        Fault.Code,
        Fault.VersionNumber == 0
            ? Fault.Detail
            : string.Create(CultureInfo.InvariantCulture, $"Entry {Fault.VersionNumber}: {Fault.Detail}"));

    private DidResolution Answer(WebVhState state) =>
        DidResolution.Of(state.Document, Metadata(state));

    private DidMetadata Metadata(WebVhState state) => new()
    {
        VersionId = state.Entry.VersionId,
        VersionTime = state.Entry.VersionTime,
        Created = _states[0].Entry.VersionTime,
        Updated = Last!.Entry.VersionTime,
        IsDeactivated = Last.Parameters.IsDeactivated,
        Scid = state.Parameters.Scid,
        IsPortable = Last.Parameters.IsPortable,
        WitnessThreshold = Last.Parameters.Witness?.Threshold ?? 0,
        TimeToLive = TimeToLive,
    };
}
