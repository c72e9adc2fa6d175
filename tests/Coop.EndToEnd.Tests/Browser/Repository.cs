namespace Coop.EndToEnd.Tests.Browser;

/// <summary>Where this project's files lie, found from the test's own assembly.</summary>
public static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Web => Path.Combine(Root, "Coop.Node", "web");

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("The tests do not run inside the repository."),
        _ when File.Exists(Path.Combine(folder.FullName, "Coop.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
