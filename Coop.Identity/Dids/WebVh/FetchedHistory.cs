namespace Coop.Identity.Dids.WebVh;

/// <summary>The files of a did:webvh as they were fetched, and what they say.</summary>
/// <param name="Log">The bytes of <c>did.jsonl</c>.</param>
/// <param name="Witnesses">The bytes of <c>did-witness.json</c>; empty where none are needed or there are none.</param>
/// <param name="History">Checked; may have a fault.</param>
/// <param name="FreshFor">How long the headers let it be kept.</param>
public sealed record FetchedHistory(
    ReadOnlyMemory<byte> Log, ReadOnlyMemory<byte> Witnesses, WebVhHistory History, TimeSpan? FreshFor);
