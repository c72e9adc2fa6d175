using System.Text;

namespace Coop.Testing.Faults;

/// <summary>Messages that a server sends, made up.</summary>
internal static class ServerAnswers
{
    /// <summary>ErrorResponse, then ReadyForQuery with the transaction's state: I, T or E.</summary>
    public static byte[] Error(string sqlState, char transactionState)
    {
        var fields = $"SERROR\0VERROR\0C{sqlState}\0Minjected by the test\0\0";
        return [(byte)'E', .. Length(fields.Length), .. Encoding.ASCII.GetBytes(fields), .. Ready(transactionState)];
    }

    public static byte[] Query(string statement) =>
        [(byte)'Q', .. Length(statement.Length + 1), .. Encoding.ASCII.GetBytes(statement), 0];

    private static byte[] Ready(char transactionState) => [(byte)'Z', .. Length(1), (byte)transactionState];

    private static byte[] Length(int bodyBytes)
    {
        var length = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, bodyBytes + 4);
        return length;
    }
}
