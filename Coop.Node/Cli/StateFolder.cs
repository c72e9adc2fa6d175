using Coop.Federation.Audit;
using Coop.Federation.Audit.Between;

namespace Coop.Node.Cli;

/// <summary>What an auditor of several nodes remembers: for each node a file, named after its address.</summary>
internal sealed class StateFolder(string folder, IReadOnlyList<Uri> nodes)
{
    /// <exception cref="AuditImpossibleException">A file is damaged, or the folder is a file.</exception>
    public Dictionary<Uri, AuditState> Read()
    {
        if (File.Exists(folder))
        {
            throw new AuditImpossibleException($"{folder} is a file; what is remembered of several nodes goes into a folder.");
        }

        return nodes
            .Select(node => (Node: node, State: AuditStateFile.Read(PathOf(node))))
            .Where(n => n.State is not null)
            .ToDictionary(n => n.Node, n => n.State!);
    }

    /// <summary>Remembers the logs that hold; of the others it stays with what was.</summary>
    public void Write(FederationReport report)
    {
        Directory.CreateDirectory(folder);
        foreach (var node in report.Nodes)
        {
            if (node.Audit?.Report.State is { } state)
            {
                AuditStateFile.Write(PathOf(node.Address), state);
            }
        }
    }

    private string PathOf(Uri node)
    {
        var name = (node.Authority + node.AbsolutePath.TrimEnd('/')).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_');
        return Path.Combine(folder, string.Concat(name) + ".json");
    }
}
