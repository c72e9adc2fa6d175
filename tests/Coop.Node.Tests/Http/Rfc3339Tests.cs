using System.Text.Json;
using Coop.Node.Http;

namespace Coop.Node.Tests.Http;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-05-01T18:00:00Z", "2026-05-01T18:00:00Z")]
    [InlineData("2026-05-01t18:00:00z", "2026-05-01T18:00:00Z")]
    [InlineData("2026-05-01T20:00:00+02:00", "2026-05-01T18:00:00Z")]
    [InlineData("2026-05-01T18:00:00.5Z", "2026-05-01T18:00:00.5Z")]
    [InlineData("2026-05-01T18:00:00.1234567-03:30", "2026-05-01T21:30:00.1234567Z")]
    public void ReadsTimesWithOffset_AndWritesUtc(string text, string written)
    {
        var time = JsonSerializer.Deserialize<DateTimeOffset>($"\"{text}\"", StrictJson.Options);
        Assert.Equal($"\"{written}\"", JsonSerializer.Serialize(time, StrictJson.Options));
    }

    [Theory]
    [InlineData("\"2026-05-01T18:00:00\"")]
    [InlineData("\"2026-05-01 18:00:00Z\"")]
    [InlineData("\"2026-05-01\"")]
    [InlineData("\"2026-05-01T18:00Z\"")]
    [InlineData("\"2026-05-01T18:00:00.Z\"")]
    [InlineData("\"2026-05-01T18:00:00.12345678Z\"")]
    [InlineData("\"2026-02-30T18:00:00Z\"")]
    [InlineData("\"2026-05-01T24:00:00Z\"")]
    [InlineData("\"2026-05-01T18:00:00+25:00\"")]
    [InlineData("\"2026-05-01T18:00:00-00:00\"")]
    [InlineData("\"0001-01-01T00:00:00+14:00\"")]
    [InlineData("\"2026-05-01T18:00:00Z\\n\"")]
    [InlineData("\"\"")]
    [InlineData("1777658400")]
    [InlineData("null")]
    public void RefusesEverythingElse(string json) =>
        Assert.Throws<JsonException>(
            () => JsonSerializer.Deserialize<DateTimeOffset>(json, StrictJson.Options));
}
