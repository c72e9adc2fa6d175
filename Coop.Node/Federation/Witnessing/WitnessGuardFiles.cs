using System.Collections.Concurrent;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Federation.Witnessing;
using Coop.Node.Hosting;

namespace Coop.Node.Federation.Witnessing;

/// <summary>
/// One file for each log in <c>COOP_DATA/witnessed</c>, named by the hash of its origin: the largest checkpoint
/// that this replica cosigned, as its log signed it. Replaced in one step. Thread-safe.
/// </summary>
internal sealed class WitnessGuardFiles(NodeOptions options) : IWitnessGuard
{
    /// <summary>Its name in the data folder.</summary>
    public const string FolderName = "witnessed";

    private readonly DirectoryInfo _folder = Directory.CreateDirectory(Path.Combine(options.DataFolder, FolderName));
    private readonly ConcurrentDictionary<string, Entry> _entries = [];

    /// <exception cref="NoteException">The file is damaged: nothing is cosigned for this log until it is back.</exception>
    public Task<SignedNote?> FindAsync(string origin, CancellationToken ct)
    {
        var entry = EntryOf(origin);
        lock (entry)
        {
            return Task.FromResult(Read(entry));
        }
    }

    public Task RecordAsync(SignedNote note, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(note);
        var checkpoint = Checkpoint.Parse(note.Text);
        var entry = EntryOf(checkpoint.Origin);
        lock (entry)
        {
            // Two requests are ordered by the database, and may come here in the other order.
            if (Read(entry) is not { } last || Checkpoint.Parse(last.Text).Size < checkpoint.Size)
            {
                Write(entry, note);
            }
        }

        return Task.CompletedTask;
    }

    private Entry EntryOf(string origin) =>
        _entries.GetOrAdd(origin, o => new Entry(Path.Combine(_folder.FullName, LogSubject.IdOf(o))));

    private static SignedNote? Read(Entry entry)
    {
        if (!entry.IsRead)
        {
            entry.Note = File.Exists(entry.Path) ? SignedNote.Parse(File.ReadAllBytes(entry.Path)) : null;
            entry.IsRead = true;
        }

        return entry.Note;
    }

    private static void Write(Entry entry, SignedNote note)
    {
        var draft = entry.Path + ".new";
        using (var file = File.OpenHandle(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            RandomAccess.Write(file, note.Encode(), 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(draft, entry.Path, overwrite: true);
        entry.Note = note;
    }

    private sealed class Entry(string path)
    {
        public string Path { get; } = path;

        public bool IsRead { get; set; }

        public SignedNote? Note { get; set; }
    }
}
