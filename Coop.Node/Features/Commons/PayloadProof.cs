using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Identity.Json;

namespace Coop.Node.Features.Commons;

/// <summary>Holds a payload against the log that it is said to come from. Specified in specs/commons.md. Pure.</summary>
internal static class PayloadProof
{
    /// <param name="given">As the peer answered.</param>
    /// <param name="eventId">The event that was asked for.</param>
    /// <param name="hash">The payload hash that was asked for.</param>
    /// <param name="logKey">The peer's log key, as the terms pin it.</param>
    /// <exception cref="FormatException">It is not proven to be in that log.</exception>
    public static ProvenPayload Require(SharedPayload given, Guid eventId, byte[] hash, NoteKey logKey)
    {
        var bytes = Encoding.UTF8.GetBytes(given.Entry);
        if (!LogEntry.TryParse(bytes, out var entry) || entry!.Origin != logKey.Name || entry.Id != eventId
            || !entry.PayloadHash.Span.SequenceEqual(hash))
        {
            throw new FormatException("The entry is not that of the payload that was asked for.");
        }

        RequireReceipt(given.Receipt, bytes, entry, logKey);
        var salt = Salt(given.Salt);
        var payload = Canonical(given.Payload);
        return PayloadHash.Compute(salt, payload).AsSpan().SequenceEqual(hash)
            ? new(entry.Seq, bytes, salt, Encoding.UTF8.GetString(payload))
            : throw new FormatException("The payload is not the one that the entry commits to.");
    }

    private static void RequireReceipt(string receipt, byte[] bytes, LogEntry entry, NoteKey logKey)
    {
        try
        {
            var proof = TlogProof.Parse(Encoding.UTF8.GetBytes(receipt));
            proof.Verify(TreeHash.Leaf(bytes), logKey);
            if (proof.Index != entry.Seq)
            {
                throw new FormatException("The receipt is for another position than the entry names.");
            }
        }
        catch (NoteException e)
        {
            throw new FormatException($"The receipt does not hold: {e.Message}", e);
        }
    }

    private static byte[] Canonical(JsonObject payload)
    {
        try
        {
            return CanonicalJson.Serialize(payload);
        }
        catch (CanonicalJsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static byte[] Salt(string base64)
    {
        var salt = new byte[PayloadHash.SaltSizeBytes + 1];
        return Convert.TryFromBase64String(base64, salt, out var size) && size == PayloadHash.SaltSizeBytes
            ? salt[..size]
            : throw new FormatException("The salt is not 32 bytes in base64.");
    }
}
