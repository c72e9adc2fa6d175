namespace Coop.Ledger.Exchange;

/// <summary>Why a file cannot be read. Stable; specs/exchange-files.md lists them.</summary>
public enum ExchangeFault
{
    /// <summary>It is not in the format, or stops in the middle.</summary>
    Malformed,

    /// <summary>It is larger, deeper or longer than is read.</summary>
    TooLarge,

    /// <summary>It asks for something that is not read, e.g. an external entity or another file.</summary>
    Unsupported,

    /// <summary>Its transactions or balances do not add up.</summary>
    Inconsistent,
}

/// <summary>A file from outside cannot be read.</summary>
/// <param name="fault">Of which kind.</param>
/// <param name="line">The line of the file, from 1; 0 where it is about no line.</param>
/// <param name="message">What is wrong, for people.</param>
/// <param name="inner">What found it.</param>
public sealed class ExchangeException(ExchangeFault fault, int line, string message, Exception? inner = null)
    : Exception(line == 0 ? message : $"Line {line}: {message}", inner)
{
    public ExchangeFault Fault { get; } = fault;

    public int Line { get; } = line;
}
