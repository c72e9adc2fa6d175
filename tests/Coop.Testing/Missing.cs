namespace Coop.Testing;

/// <summary>What a test does when the machine lacks a part that it needs.</summary>
public static class Missing
{
    // xunit v3 counts a test as skipped when its exception begins with this.
    private const string DynamicSkip = "$XunitDynamicSkip$";

    /// <summary>Whether this is a run that must not skip.</summary>
    public static bool IsContinuousIntegration =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The exception that skips a test on a developer's machine and fails it in CI.</summary>
    public static Exception Infrastructure(string reason) => new MissingInfrastructureException(
        IsContinuousIntegration ? reason : DynamicSkip + reason);
}
