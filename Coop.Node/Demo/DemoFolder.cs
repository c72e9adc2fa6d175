using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Coop.Identity.Keys;

namespace Coop.Node.Demo;

/// <summary>
/// Where a demo keeps everything: <c>demo.json</c> with the ports and the databases' names, the data of each
/// co-op, the administrators' passkeys, and the embedded server.
/// </summary>
internal sealed class DemoFolder : IDisposable
{
    private const string FileName = "demo.json";
    private const int Version = 1;

    private readonly bool _isTemporary;
    private readonly JsonObject _json;

    private DemoFolder(string root, bool isTemporary, JsonObject json) =>
        (Root, _isTemporary, _json) = (root, isTemporary, json);

    public string Root { get; }

    /// <summary>Whether everything is there that a demo begins with.</summary>
    public bool IsTold => _json["told"]!.GetValue<bool>();

    public bool IsTemporary => _isTemporary;

    public string Server => Path.Combine(Root, "postgres");

    /// <summary>Opens the folder, and makes it where there is none.</summary>
    /// <param name="path">Null for one that goes with the demo.</param>
    /// <exception cref="DemoException">There is something else in it, or a demo that was never finished.</exception>
    public static DemoFolder Open(string? path)
    {
        var root = path is null ? Directory.CreateTempSubdirectory("coop-demo-").FullName : Path.GetFullPath(path);
        MakeTraversable(root);
        var file = Path.Combine(root, FileName);
        if (!File.Exists(file))
        {
            return Directory.EnumerateFileSystemEntries(root).Any()
                ? throw new DemoException($"{root} is not empty, and holds no demo.")
                : Create(root, path is null);
        }

        var json = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        var folder = new DemoFolder(root, false, json);
        return json["version"]!.GetValue<int>() == Version && folder.IsTold
            ? folder
            : throw new DemoException($"The demo in {root} was not finished when it was first made. Delete the folder, or choose another.");
    }

    public string DataOf(DemoCast cast) => Path.Combine(Root, cast.Slug);

    public string PasskeyOf(DemoCast cast) => Path.Combine(Root, "passkeys", cast.Slug + ".json");

    public string DatabaseOf(DemoCast cast) => $"coop_demo_{_json["run"]!.GetValue<string>()}_{cast.Slug}";

    public int PortOf(DemoCast cast) => _json["ports"]![cast.Slug]!.GetValue<int>();

    /// <summary>From now on the folder can be gone on with.</summary>
    public void SetTold()
    {
        _json["told"] = true;
        Save(Root, _json);
    }

    public byte[] ReadPasskey(DemoCast cast) => SecretFile.Read(PasskeyOf(cast));

    public void SavePasskey(DemoCast cast, DemoMember admin) => SecretFile.ReadOrCreate(PasskeyOf(cast), admin.ExportPasskey);

    public void Dispose()
    {
        if (_isTemporary)
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    private static DemoFolder Create(string root, bool isTemporary)
    {
        var json = new JsonObject
        {
            ["version"] = Version,
            ["run"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)),
            ["ports"] = new JsonObject(DemoCast.All.Select(c => KeyValuePair.Create(c.Slug, (JsonNode?)FreePort(c.Port)))),
            ["told"] = false,
        };
        Save(root, json);
        return new(root, isTemporary, json);
    }

    private static void Save(string root, JsonObject json)
    {
        var file = Path.Combine(root, FileName);
        File.WriteAllText(file + ".new", json.ToJsonString());
        File.Move(file + ".new", file, overwrite: true);
    }

    // The usual port, or where somebody has it, any.
    private static int FreePort(int usual)
    {
        foreach (var port in new[] { usual, 0 })
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }

        throw new DemoException("There is no free port.");
    }

    // The embedded server may run as another user, who has to get to its folder.
    private static void MakeTraversable(string root)
    {
        Directory.CreateDirectory(root);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(root, File.GetUnixFileMode(root) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }
}
