using System.Globalization;

namespace Coop.Federation.Messages;

/// <summary>
/// The value of a <c>signature-input</c>: an inner list of names, and its parameters (RFC 9421, section 4.1;
/// RFC 9651, sections 3.1.1 and 3.1.2), in the one spelling that RFC 9651, section 4.1 gives them.
/// </summary>
internal sealed record SignatureParameters(
    IReadOnlyList<string> Components,
    long Created,
    long Expires,
    string Nonce,
    string KeyId,
    string Algorithm,
    string Tag)
{
    /// <summary>The text behind the label, which is also the last line of the signature base.</summary>
    public string Text { get; private init; } = "";

    /// <summary>As this node writes them.</summary>
    public static SignatureParameters Create(
        IReadOnlyList<string> components, long created, long expires, string nonce, string keyId)
    {
        var names = string.Join(' ', components.Select(c => $"\"{c}\""));
        var parameters = new SignatureParameters(
            components, created, expires, nonce, keyId, Messages.Components.Algorithm, Messages.Components.Tag);
        return parameters with
        {
            Text = string.Create(
                CultureInfo.InvariantCulture,
                $"({names});created={created};expires={expires};nonce=\"{nonce}\";keyid=\"{keyId}\";alg=\"{parameters.Algorithm}\";tag=\"{parameters.Tag}\""),
        };
    }

    /// <exception cref="MessageException">Of another form, or a parameter is missing, unknown or there twice.</exception>
    public static SignatureParameters Parse(string text)
    {
        var reader = new FieldReader(text);
        var components = reader.ReadNames();
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        while (reader.TryReadParameter(out var name, out var value))
        {
            if (!values.TryAdd(name, value))
            {
                throw FieldReader.Malformed();
            }
        }

        var parameters = new SignatureParameters(
            components,
            Take<long>(values, "created"),
            Take<long>(values, "expires"),
            Take<string>(values, "nonce"),
            Take<string>(values, "keyid"),
            Take<string>(values, "alg"),
            Take<string>(values, "tag"));
        return values.Count == 0 ? parameters with { Text = text } : throw FieldReader.Malformed();
    }

    private static T Take<T>(Dictionary<string, object> values, string name) =>
        values.Remove(name, out var value) && value is T typed ? typed : throw FieldReader.Malformed();
}
