using System.Runtime.CompilerServices;

namespace Coop.Node.Tests.Http;

/// <summary>Files of the repository that tests compare the program with.</summary>
internal static class RepositoryFile
{
    /// <summary>Set to 1, it makes the tests write generated files anew instead of comparing them.</summary>
    public const string UpdateVariable = "COOP_UPDATE_SPECS";

    public static bool IsUpdate => Environment.GetEnvironmentVariable(UpdateVariable) == "1";

    public static string PathOf(string relative, [CallerFilePath] string here = "")
    {
        var folder = new FileInfo(here).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Coop.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException(here), relative);
    }
}
