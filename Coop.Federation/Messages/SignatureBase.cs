using System.Text;

namespace Coop.Federation.Messages;

/// <summary>The text that a signature signs (RFC 9421, section 2.5): one line for each component, without a newline at the end.</summary>
internal static class SignatureBase
{
    /// <param name="components">Names, and values as they are sent.</param>
    /// <param name="parameters">What stands behind the label in <c>signature-input</c>.</param>
    public static byte[] Create(IEnumerable<(string Name, string Value)> components, string parameters)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in components)
        {
            text.Append('"').Append(name).Append("\": ").Append(value).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.Append("\"@signature-params\": ").Append(parameters).ToString());
    }
}
