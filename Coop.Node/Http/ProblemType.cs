namespace Coop.Node.Http;

/// <summary>A kind of refusal (RFC 9457, section 3.1): stable, documented in specs/problems.md.</summary>
/// <param name="Code">The last part of the type URI, kebab-case.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Title">One sentence for people, the same at every occurrence.</param>
public sealed record ProblemType(string Code, int Status, string Title)
{
    public const string UriPrefix = "urn:coop:problem:";

    public string Uri => UriPrefix + Code;

    /// <summary>The exception that refuses with this type; <paramref name="detail"/> is shown to the caller.</summary>
    public RefusalException With(string detail) => new(this, detail);

    /// <summary>As <see cref="With"/>, naming the field of the request that is to blame.</summary>
    public RefusalException At(string field, string detail) => new(this, detail, field);
}
