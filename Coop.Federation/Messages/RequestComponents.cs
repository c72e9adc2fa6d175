namespace Coop.Federation.Messages;

/// <summary>The values of a request that its signature covers.</summary>
internal sealed record RequestComponents(string Method, string TargetUri, string? ContentDigest, string Destination)
{
    public IEnumerable<(string Name, string Value)> In(IReadOnlyList<string> order) => order.Select(name => (name, name switch
    {
        Components.Method => Method,
        Components.TargetUri => TargetUri,
        Components.ContentDigest => ContentDigest!,
        Components.Destination => Destination,
        _ => throw new ArgumentOutOfRangeException(nameof(order), name, "Not a component of these signatures."),
    }));
}
