namespace Coop.Identity.Json;

/// <summary>A value that RFC 8785 gives no canonical form, or text that is not such a value.</summary>
public sealed class CanonicalJsonException(string message, Exception? inner = null)
    : FormatException(message, inner);
