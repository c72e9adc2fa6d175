using Coop.Identity.Keys;

namespace Coop.Identity.Tests.Keys;

public sealed class KeyFilesTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public void Makes_TheKeyOnce_ForItsOwnerAlone()
    {
        using var first = KeyFiles.Log(_folder);
        using var second = KeyFiles.Log(_folder);
        Assert.Equal(first.PublicKey.ToArray(), second.PublicKey.ToArray());
        if (!OperatingSystem.IsWindows())
        {
            var file = Assert.Single(Directory.GetFiles(_folder));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Ends_WithOneKey_WhenManyMakeItAtOnce()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
        {
            using var key = KeyFiles.Log(_folder);
            return Convert.ToHexString(key.PublicKey.Span);
        })));
        Assert.Single(keys.Distinct());
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Refuses_AFileThatOthersCanRead()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        KeyFiles.Log(_folder).Dispose();
        var file = Directory.GetFiles(_folder).Single();
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.GroupRead);
        Assert.Throws<IOException>(() => KeyFiles.Log(_folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA\n")]
    [InlineData("not base64\n")]
    public void Refuses_DamagedFiles(string content)
    {
        KeyFiles.Log(_folder).Dispose();
        KeyFiles.Tokens(_folder).Dispose();
        foreach (var file in Directory.GetFiles(_folder))
        {
            File.WriteAllText(file, content);
        }

        Assert.ThrowsAny<FormatException>(() => KeyFiles.Log(_folder));
        Assert.ThrowsAny<FormatException>(() => KeyFiles.Tokens(_folder));
    }

    [Fact]
    public void Signs_AndVerifies()
    {
        using var key = KeyFiles.Log(_folder);
        var signature = key.Sign("text"u8);
        Assert.True(Ed25519.Verify(key.PublicKey.Span, "text"u8, signature));
        Assert.False(Ed25519.Verify(key.PublicKey.Span, "texu"u8, signature));
        Assert.False(Ed25519.Verify(key.PublicKey.Span, "text"u8, signature.AsSpan(1)));
        Assert.False(Ed25519.Verify(new byte[31], "text"u8, signature));
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
