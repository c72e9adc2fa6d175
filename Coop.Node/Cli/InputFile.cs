using System.Text;

namespace Coop.Node.Cli;

/// <summary>A file that the command line names, or standard input; read within bounds.</summary>
internal static class InputFile
{
    private const string StandardInput = "-";

    /// <exception cref="IOException">It cannot be read, is too large, or is no UTF-8.</exception>
    public static async Task<string> ReadAsync(string name, int maxSizeBytes, CancellationToken ct)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(await ReadBytesAsync(name, maxSizeBytes, ct));
        }
        catch (DecoderFallbackException e)
        {
            throw new IOException($"{name} is not UTF-8.", e);
        }
    }

    /// <exception cref="IOException">It cannot be read or is too large.</exception>
    public static async Task<byte[]> ReadBytesAsync(string name, int maxSizeBytes, CancellationToken ct)
    {
        await using var stream = name == StandardInput ? Console.OpenStandardInput() : File.OpenRead(name);
        var bytes = new MemoryStream();
        var chunk = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(chunk, ct)) > 0;)
        {
            bytes.Write(chunk, 0, read);
            if (bytes.Length > maxSizeBytes)
            {
                throw new IOException($"{name} is larger than {maxSizeBytes} bytes.");
            }
        }

        return bytes.ToArray();
    }
}
