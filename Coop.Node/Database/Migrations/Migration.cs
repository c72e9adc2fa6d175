using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Coop.Node.Database.Migrations;

/// <summary>One step of the schema: a file <c>V####__what.sql</c> with one idempotent DDL statement.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Statement">Its text, with line ends as LF.</param>
internal sealed record Migration(string Name, string Statement)
{
    private const string ResourceFolder = "Coop.Node.Database.Migrations.";

    /// <summary>All steps in their order.</summary>
    public static IReadOnlyList<Migration> All { get; } = ReadAll();

    /// <summary>SHA-256 of the statement, lower-case hexadecimal.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Statement)));

    private static Migration[] ReadAll()
    {
        var assembly = typeof(Migration).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(ResourceFolder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new Migration(name[ResourceFolder.Length..], Read(assembly, name))),
        ];
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
