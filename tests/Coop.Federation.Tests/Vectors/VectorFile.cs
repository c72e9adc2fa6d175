using System.Text.Json;

namespace Coop.Federation.Tests.Vectors;

/// <summary>A file of specs/vectors, which were made without any of the code that they test.</summary>
internal static class VectorFile
{
    public static JsonElement Read(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "vectors", name);
        return JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
    }

    public static string Text(this JsonElement vector, string name) => vector.GetProperty(name).GetString()!;

    public static byte[] Bytes(this JsonElement vector, string name) => Convert.FromBase64String(vector.Text(name));

    public static long Number(this JsonElement vector, string name) => vector.GetProperty(name).GetInt64();

    public static IReadOnlyList<byte[]> Hashes(this JsonElement vector, string name) =>
        [.. vector.GetProperty(name).EnumerateArray().Select(h => Convert.FromBase64String(h.GetString()!))];

    /// <summary>A list that must not be empty, or its test would test nothing.</summary>
    public static IReadOnlyList<JsonElement> List(this JsonElement vector, string name)
    {
        var list = vector.GetProperty(name).EnumerateArray().ToList();
        Assert.NotEmpty(list);
        return list;
    }
}
