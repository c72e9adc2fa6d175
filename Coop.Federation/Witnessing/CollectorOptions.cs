namespace Coop.Federation.Witnessing;

/// <summary>How patient a collector is.</summary>
public sealed record CollectorOptions
{
    /// <summary>How long one witness may take to answer one request.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a witness that did not cosign is left alone; doubled at each further failure.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);
}
