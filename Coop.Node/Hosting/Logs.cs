namespace Coop.Node;

/// <summary>Every log message of the node; no payloads, no names, no tokens.</summary>
internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Debug, "Transaction attempt {Attempt} failed with {SqlState}; trying again.")]
    public static partial void TransactionRetried(ILogger logger, int attempt, string sqlState);

    [LoggerMessage(3, LogLevel.Warning, "Commit {Attempt} was not answered ({Reason}); asking whether it happened.")]
    public static partial void CommitUncertain(ILogger logger, int attempt, string reason);

    [LoggerMessage(2, LogLevel.Error, "Request failed.")]
    public static partial void RequestFailed(ILogger logger, Exception exception);

    [LoggerMessage(20, LogLevel.Information, "The log {Origin} is open at size {Size}.")]
    public static partial void LogOpened(ILogger logger, string origin, long size);

    [LoggerMessage(21, LogLevel.Information, "This replica leads the log, epoch {Epoch}.")]
    public static partial void LeaseTaken(ILogger logger, long epoch);

    [LoggerMessage(22, LogLevel.Warning, "Another replica leads the log now.")]
    public static partial void LeaseLost(ILogger logger);

    [LoggerMessage(23, LogLevel.Warning, "The lease was not given back; it will run out.")]
    public static partial void LeaseNotReleased(ILogger logger, Exception exception);

    [LoggerMessage(24, LogLevel.Warning, "The log could not be extended; trying again.")]
    public static partial void TermFailed(ILogger logger, Exception exception);

    [LoggerMessage(25, LogLevel.Critical, "The log is halted and nothing is signed: {Reason}")]
    public static partial void LogFault(ILogger logger, string reason);

    [LoggerMessage(26, LogLevel.Warning, "Nothing is signed until it is confirmed: {Reason}")]
    public static partial void SigningUnconfirmed(ILogger logger, string reason);

    [LoggerMessage(30, LogLevel.Warning, "The witness {Witness} did not cosign: {Reason}")]
    public static partial void NotCosigned(ILogger logger, string witness, string reason);

    [LoggerMessage(31, LogLevel.Warning, "Asking witnesses to cosign failed; trying again.")]
    public static partial void CosigningFailed(ILogger logger, Exception exception);

    [LoggerMessage(32, LogLevel.Debug, "{Peer} did not say what it saw of this log: {Reason}")]
    public static partial void PeerDidNotConfirm(ILogger logger, string peer, string reason);

    [LoggerMessage(40, LogLevel.Error, "Closing the proposals that are due failed; trying again.")]
    public static partial void ClosingFailed(ILogger logger, Exception exception);

    [LoggerMessage(60, LogLevel.Warning, "There is no web client in {Folder}; the node serves its API alone.")]
    public static partial void WebClientMissing(ILogger logger, string folder);

    [LoggerMessage(20, LogLevel.Information, "A passkey was refused: {Reason}")]
    public static partial void PasskeyRefused(ILogger logger, string reason);

    [LoggerMessage(21, LogLevel.Warning, "The marks of expired ceremonies were not deleted; they stay until the next round.")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(80, LogLevel.Information, "The node is {Did}, version {Version}.")]
    public static partial void IdentityOpened(ILogger logger, string did, long version);

    [LoggerMessage(81, LogLevel.Error, "A newer version of the node's DID could not be taken up; trying again.")]
    public static partial void IdentityNotRefreshed(ILogger logger, Exception exception);

    [LoggerMessage(100, LogLevel.Error, "The peer {Did} shows a DID history that does not continue the pinned one; its requests by new keys are refused.")]
    public static partial void PeerHistoryRefused(ILogger logger, string did);

    [LoggerMessage(101, LogLevel.Warning, "The DID history of the peer {Did} could not be refreshed: {Reason}")]
    public static partial void PeerHistoryNotHad(ILogger logger, string did, string reason);

    [LoggerMessage(102, LogLevel.Warning, "A step of the peering {Peering} could not be delivered; trying again: {Reason}")]
    public static partial void StepNotDelivered(ILogger logger, Guid peering, string reason);

    [LoggerMessage(103, LogLevel.Error, "Sending steps of peerings failed; trying again.")]
    public static partial void MessengerFailed(ILogger logger, Exception exception);

    [LoggerMessage(120, LogLevel.Warning, "The peers could not be listed; trying again: {Reason}")]
    public static partial void PeersNotListed(ILogger logger, string reason);

    [LoggerMessage(121, LogLevel.Warning, "The log of {Did} could not be followed; trying again later: {Reason}")]
    public static partial void PeerNotFollowed(ILogger logger, string did, string reason);

    [LoggerMessage(122, LogLevel.Error, "The log of {Did} shows what is not as it was signed, and nothing of that is stored: {Reason}")]
    public static partial void PeerLogRefused(ILogger logger, string did, string reason);

    [LoggerMessage(123, LogLevel.Error, "Following the log of {Did} failed; trying again later.")]
    public static partial void FollowingFailed(ILogger logger, string did, Exception exception);

    [LoggerMessage(124, LogLevel.Critical, "The log {Origin} signed two histories; evidence {Id}, brought by {Source}.")]
    public static partial void EquivocationFound(ILogger logger, string origin, string id, string source);

    [LoggerMessage(125, LogLevel.Warning, "The evidence {Id} could not be passed on to a peer: {Reason}")]
    public static partial void EvidenceNotPassedOn(ILogger logger, string id, string reason);

    [LoggerMessage(126, LogLevel.Warning, "Whether the log has grown could not be read; trying again: {Reason}")]
    public static partial void PokesNotSent(ILogger logger, string reason);

    [LoggerMessage(128, LogLevel.Warning, "A checkpoint that came by could not be held against the copy of its log: {Reason}")]
    public static partial void CheckpointNotJudged(ILogger logger, string reason);

    [LoggerMessage(127, LogLevel.Debug, "The peer {Did} did not take a poke: {Reason}")]
    public static partial void PokeNotSent(ILogger logger, string did, string reason);

    [LoggerMessage(161, LogLevel.Warning, "Pending journals whose time is over were not ended; they are in the next round.")]
    public static partial void PendingSweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(160, LogLevel.Warning, "{Count} orders of journals did not go together ({Reason}); each is posted alone.")]
    public static partial void PostingGroupSplit(ILogger logger, int count, string reason);

    [LoggerMessage(140, LogLevel.Warning, "A message to a peer failed; it is sent again.")]
    public static partial void OutboxFailed(ILogger logger, Exception exception);

    [LoggerMessage(141, LogLevel.Warning, "Claims whose time is over were not deleted; they are in the next round.")]
    public static partial void ClaimSweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(280, LogLevel.Warning, "Postings could not be taken into the balances of days; trying again.")]
    public static partial void DaySweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(150, LogLevel.Warning, "Trade with {Did} does not go on; trying again: {Reason}")]
    public static partial void TradeRoundFailed(ILogger logger, string did, string reason);

    [LoggerMessage(151, LogLevel.Error, "Trade with peers failed; trying again.")]
    public static partial void TradeFailed(ILogger logger, Exception exception);
}
