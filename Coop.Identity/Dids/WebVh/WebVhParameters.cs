using System.Text.Json.Nodes;

namespace Coop.Identity.Dids.WebVh;

/// <summary>The parameters that are in force after an entry (did:webvh 1.0, "DID Method Parameters").</summary>
internal sealed record WebVhParameters
{
    public const string Version = "did:webvh:1.0";

    /// <summary>The default of the specification.</summary>
    public const long DefaultTtlSeconds = 3600;

    private const long MaxTtlSeconds = 1L << 31;

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "method", "scid", "updateKeys", "nextKeyHashes", "witness", "watchers", "portable", "deactivated", "ttl",
    };

    public required string Scid { get; init; }

    public IReadOnlyList<string> UpdateKeys { get; init; } = [];

    public IReadOnlyList<string> NextKeyHashes { get; init; } = [];

    public WebVhWitnessRule? Witness { get; init; }

    public bool IsPortable { get; init; }

    public bool IsDeactivated { get; init; }

    public long TtlSeconds { get; init; } = DefaultTtlSeconds;

    /// <summary>Whether the next entry's keys are committed to.</summary>
    public bool HasPreRotation => NextKeyHashes.Count > 0;

    /// <summary>The parameters after the first entry.</summary>
    public static WebVhParameters First(JsonObject json)
    {
        if (Text(json, "method") is not { } method || Text(json, "scid") is not { } scid)
        {
            throw Invalid("The first entry must say \"method\" and \"scid\".");
        }

        CheckMethod(method);
        var parameters = Apply(new WebVhParameters { Scid = scid }, json);
        return parameters.UpdateKeys.Count > 0
            ? parameters with { IsPortable = Flag(json, "portable") ?? false }
            : throw Invalid("The first entry must say \"updateKeys\".");
    }

    /// <summary>The parameters after a later entry.</summary>
    public WebVhParameters Then(JsonObject json)
    {
        if (json.ContainsKey("scid") || (Flag(json, "portable") == true && !IsPortable))
        {
            throw Invalid("\"scid\", and \"portable\" as true, may stand only in the first entry.");
        }

        if (json.ContainsKey("method"))
        {
            CheckMethod(Text(json, "method") ?? throw Invalid("\"method\" is no text."));
        }

        if (HasPreRotation && !(json.ContainsKey("updateKeys") && json.ContainsKey("nextKeyHashes")))
        {
            throw new WebVhException(
                WebVhCodes.PreRotation, "While pre-rotation is on, every entry says \"updateKeys\" and \"nextKeyHashes\".");
        }

        return Apply(this, json) with { IsPortable = Flag(json, "portable") ?? IsPortable };
    }

    // null is an old way to say "the default", which the specification asks to accept.
    private static WebVhParameters Apply(WebVhParameters before, JsonObject json)
    {
        if (json.FirstOrDefault(m => !Known.Contains(m.Key)).Key is { } unknown)
        {
            throw Invalid($"\"{(unknown.Length <= 32 ? unknown : unknown[..32])}\" is no parameter of {Version}.");
        }

        if (json.ContainsKey("watchers"))
        {
            List(json, "watchers");
        }

        return before with
        {
            UpdateKeys = json.ContainsKey("updateKeys") ? List(json, "updateKeys") : before.UpdateKeys,
            NextKeyHashes = json.ContainsKey("nextKeyHashes") ? List(json, "nextKeyHashes") : before.NextKeyHashes,
            Witness = json.ContainsKey("witness") ? WebVhWitnessRule.Parse(json["witness"]) : before.Witness,
            IsDeactivated = Flag(json, "deactivated") ?? before.IsDeactivated,
            TtlSeconds = json.ContainsKey("ttl") ? Ttl(json["ttl"]) : before.TtlSeconds,
        };
    }

    private static void CheckMethod(string method)
    {
        if (method != Version)
        {
            throw new WebVhException(WebVhCodes.Method, $"Only {Version} is known here.");
        }
    }

    private static long Ttl(JsonNode? node) => node switch
    {
        null => DefaultTtlSeconds,
        JsonValue value when value.TryGetValue<long>(out var seconds) && seconds is >= 0 and <= MaxTtlSeconds => seconds,
        _ => throw Invalid("\"ttl\" is no number of seconds."),
    };

    private static bool? Flag(JsonObject json, string name) => !json.ContainsKey(name)
        ? null
        : json[name] is JsonValue value && value.TryGetValue<bool>(out var flag)
            ? flag
            : throw Invalid($"\"{name}\" is neither true nor false.");

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string[] List(JsonObject json, string name)
    {
        if (json[name] is null)
        {
            return [];
        }

        var texts = (json[name] as JsonArray)?
            .Select(n => n is JsonValue value && value.TryGetValue<string>(out var text) ? text : null)
            .OfType<string>()
            .ToArray();
        return texts is { Length: <= WebVhLimits.MaxListLength } && texts.Length == json[name]!.AsArray().Count
            && texts.Distinct().Count() == texts.Length
                ? texts
                : throw Invalid($"\"{name}\" is no list of at most {WebVhLimits.MaxListLength} different texts.");
    }

    private static WebVhException Invalid(string message) => new(WebVhCodes.Parameters, message);
}
