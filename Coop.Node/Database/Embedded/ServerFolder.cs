using System.Globalization;

namespace Coop.Node.Database.Embedded;

/// <summary>What the embedded server keeps on disk: <c>COOP_DATA/postgres</c>.</summary>
/// <param name="Root">Absolute.</param>
internal sealed record ServerFolder(string Root)
{
    /// <summary>PostgreSQL's own data folder.</summary>
    public string Data => Path.Combine(Root, "data");

    /// <summary>The superuser's password, readable by the node's user alone.</summary>
    public string PasswordFile => Path.Combine(Root, "password");

    public string LogFolder => Path.Combine(Root, "log");

    public string LogFile => Path.Combine(LogFolder, "postgres.log");

    public string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Held by the node that uses the folder; beside the folder, which comes by a rename.</summary>
    public string LockFile => Root + ".lock";

    /// <summary>A cluster in the making; renamed to <see cref="Root"/> when it is complete.</summary>
    public ServerFolder Draft => new(Root + ".new");

    public bool IsComplete => Directory.Exists(Root);

    public int? MajorVersion
    {
        get
        {
            var file = Path.Combine(Data, "PG_VERSION");
            return File.Exists(file)
                ? int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture)
                : null;
        }
    }

    /// <summary>Whether a node has taken the folder, and runs.</summary>
    public bool IsTaken()
    {
        try
        {
            // Held for a moment only, and only where no node holds it.
            using var free = File.Exists(LockFile) ? new FileStream(LockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None) : null;
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Takes the folder for this process; given back when the process ends, however it ends.</summary>
    public FileStream Lock()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Root)!);
            return new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new EmbeddedPostgresException(
                $"Another node runs with the data folder {Path.GetDirectoryName(Root)}. "
                + "Stop it, or set COOP_DATA to another folder.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EmbeddedPostgresException(
                $"The data folder {Path.GetDirectoryName(Root)} belongs to another user. "
                + "Run the node as that user, or set COOP_DATA to another folder.", e);
        }
    }
}
