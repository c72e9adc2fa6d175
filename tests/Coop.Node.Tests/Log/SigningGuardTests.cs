using Coop.Federation.Log;
using Coop.Node.Log;

namespace Coop.Node.Tests.Log;

public sealed class SigningGuardTests : IDisposable
{
    private const int SlotSizeBytes = 256;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coop-guard-");

    private string FilePath => Path.Combine(_folder.FullName, SigningGuard.FileName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void RemembersTheLastState()
    {
        using (var guard = SigningGuard.Open(FilePath))
        {
            Assert.Null(guard.Last);
            foreach (var size in new[] { 0, 1, 5, 1_000_000 })
            {
                guard.Record(State(size, (byte)(size % 251)));
            }
        }

        using var again = SigningGuard.Open(FilePath);
        Assert.Equal(1_000_000, again.Last!.Size);
        Assert.True(again.Last.HasRoot(State(0, 1_000_000 % 251).Root));
    }

    [Fact]
    public void RefusesWhatContradicts()
    {
        using var guard = SigningGuard.Open(FilePath);
        guard.Record(State(5, 1));
        guard.Record(State(5, 1));
        Assert.Throws<LogFaultException>(() => guard.Record(State(4, 1)));
        Assert.Throws<LogFaultException>(() => guard.Record(State(5, 2)));
        Assert.Equal(5, guard.Last!.Size);
    }

    [Fact]
    public void ATornWriteLeavesTheStateBefore()
    {
        using (var guard = SigningGuard.Open(FilePath))
        {
            guard.Record(State(5, 1));
            guard.Record(State(6, 2));
        }

        // The newest state is in the slot of an even turn, which is the first.
        for (var kept = 0; kept < 120; kept += 7)
        {
            var bytes = File.ReadAllBytes(FilePath);
            Array.Fill(bytes, (byte)0, kept, SlotSizeBytes - kept);
            var torn = FilePath + ".torn";
            File.WriteAllBytes(torn, bytes);
            using var guard = SigningGuard.Open(torn);
            Assert.Equal(5, guard.Last!.Size);
        }
    }

    [Fact]
    public void OneProcessHasItAtATime()
    {
        using var guard = SigningGuard.Open(FilePath);
        Assert.Throws<IOException>(() => SigningGuard.Open(FilePath));
    }

    private static LogState State(long size, byte root) => new(size, [.. Enumerable.Repeat(root, 32)]);
}
