namespace Coop.Federation.Audit.Between;

/// <summary>What an audit can find between nodes, in the words of specs/federation-audit.md.</summary>
public enum CrossCode
{
    /// <summary>A log signed two histories; the evidence is with the finding.</summary>
    TwoHistories,

    /// <summary>A log once signed more entries than it shows.</summary>
    HistoryWithheld,

    /// <summary>A node's copy of a log is not what that log signed.</summary>
    MirrorChanged,

    /// <summary>A payload is not the one that its entry commits to, or not of the form that its type has.</summary>
    PayloadChanged,

    /// <summary>A public payload is not served.</summary>
    PayloadMissing,

    /// <summary>A node says that it saw a checkpoint which that log never signed.</summary>
    SeenUnsigned,

    /// <summary>The log's policy asks for cosignatures that no checkpoint has.</summary>
    QuorumMissing,

    /// <summary>A cosignature in the name of a witness of the policy does not verify.</summary>
    CosignatureInvalid,

    /// <summary>The other side does not know of the peering.</summary>
    PeeringOneSided,

    /// <summary>The sides hold different terms.</summary>
    PeeringTerms,

    /// <summary>The states of the two sides do not fit.</summary>
    PeeringState,

    /// <summary>A node knows its peer by another key or DID than the peer shows.</summary>
    PeeringKey,

    /// <summary>A claim was received which its sender's log does not know.</summary>
    ClaimUnsent,

    /// <summary>The two sides of a claim name different hashes.</summary>
    ClaimChanged,

    /// <summary>A message of trade was taken which its sender's log does not know.</summary>
    TradeUnsent,

    /// <summary>The two sides of a message of trade name different hashes.</summary>
    TradeChanged,

    /// <summary>A transfer was credited that the payer's node had not committed.</summary>
    TradeUncommitted,

    /// <summary>A transfer was both committed and aborted, or credited twice.</summary>
    TradeTwoDecisions,

    /// <summary>A promise passed the limit of the terms.</summary>
    TradeLimit,

    /// <summary>One leg of a netting was committed and another aborted, without a record that both sides of it signed.</summary>
    TradeNettingTorn,

    /// <summary>A signed statement is not what the steps before it come to.</summary>
    TradeStatement,

    /// <summary>One side signed that the books differ.</summary>
    TradeDisputed,

    /// <summary>A node serves evidence that proves nothing.</summary>
    EvidenceInvalid,

    /// <summary>An answer is not of the form that it has.</summary>
    AnswerMalformed,

    /// <summary>Not a fault: one side has stopped the peering until people decide.</summary>
    PeeringFrozen,

    /// <summary>Not a fault: a peer that may keep a copy shows none yet.</summary>
    MirrorMissing,

    /// <summary>Not a fault: a claim that was sent has not arrived yet.</summary>
    ClaimUnderway,

    /// <summary>Not a fault: messages of trade have not arrived yet.</summary>
    TradeUnderway,

    /// <summary>Not a fault: there was no answer to compare with.</summary>
    NotCompared,
}

/// <summary>Names of the codes in JSON and in specs/federation-audit.md, e.g. <c>two-histories</c>.</summary>
public static class CrossCodes
{
    private static readonly Dictionary<CrossCode, string> Names =
        Enum.GetValues<CrossCode>().ToDictionary(c => c, c => FindingCodes.NameOf(c.ToString()));

    public static string Name(CrossCode code) => Names[code];

    /// <summary>Whether it speaks against a node, and not only of what could be looked at.</summary>
    public static bool IsFault(CrossCode code) =>
        code is not (CrossCode.PeeringFrozen or CrossCode.MirrorMissing or CrossCode.ClaimUnderway or CrossCode.TradeUnderway
            or CrossCode.NotCompared);
}
