namespace Coop.Federation.Messages;

/// <summary>A request between nodes that is not believed.</summary>
/// <param name="code">One of <see cref="MessageCodes"/>.</param>
/// <param name="message">A sentence for people.</param>
public sealed class MessageException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
