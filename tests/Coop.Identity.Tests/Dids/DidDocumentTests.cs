using System.Text.Json.Nodes;
using Coop.Identity.Dids;
using Coop.Identity.Keys;

namespace Coop.Identity.Tests.Dids;

public class DidDocumentTests
{
    private const string Did = "did:web:coop.example";
    private const string Good = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";

    [Fact]
    public void Finds_OnlyTheNamedKey_ForItsPurpose()
    {
        var json = Document(Method("#a", Good), Method(Did + "#b", "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"));
        json["assertionMethod"] = new JsonArray("#a");
        json["authentication"] = new JsonArray(Did + "#b", Method("#c", "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme"));
        var document = DidDocument.Parse(json, Did);
        Assert.Equal(3, document.VerificationMethods.Count);
        Assert.Equal(Good, document.Find(Did + "#a", VerificationPurpose.AssertionMethod)!.Key.ToMultikey());
        Assert.Null(document.Find(Did + "#b", VerificationPurpose.AssertionMethod));
        Assert.Null(document.Find("#a", VerificationPurpose.AssertionMethod));
        Assert.Equal(KeyType.P256, document.Find(Did + "#b", VerificationPurpose.Authentication)!.Key.Type);
        Assert.Equal(KeyType.Secp256k1, document.Find(Did + "#c", VerificationPurpose.Authentication)!.Key.Type);
    }

    [Fact]
    public void PassesOver_MethodsThatItDoesNotKnow()
    {
        var json = Document(
            Method("#x25519", "z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc"),
            new JsonObject { ["id"] = "#new", ["type"] = "NewKey2031", ["controller"] = Did, ["key"] = "?" });
        json["assertionMethod"] = new JsonArray("#new");
        var document = DidDocument.Parse(json, Did);
        Assert.Empty(document.VerificationMethods);
        Assert.Null(document.Find(Did + "#new", VerificationPurpose.AssertionMethod));
    }

    public static TheoryData<string, string> Refused => new()
    {
        { """{}""", DidCodes.DocumentId },
        { """{"id":7}""", DidCodes.DocumentId },
        { """{"id":"did:web:other.example"}""", DidCodes.DocumentId },
        { """{"id":"did:web:coop.example","verificationMethod":{}}""", DidCodes.Document },
        { """{"id":"did:web:coop.example","verificationMethod":null}""", DidCodes.Document },
        { """{"id":"did:web:coop.example","verificationMethod":["#a"]}""", DidCodes.Document },
        { """{"id":"did:web:coop.example","assertionMethod":[7]}""", DidCodes.Document },
        { """{"id":"did:web:coop.example","verificationMethod":[{"id":"a"}]}""", DidCodes.Document },
        { """{"id":"did:web:coop.example","verificationMethod":[{"id":"#a","type":"Multikey"}]}""", DidCodes.Document },
        { """{"id":"did:web:coop.example","verificationMethod":[{"id":"#a","type":"Multikey","controller":"did:web:coop.example"}]}""", DidCodes.Document },
        { """{"id":"did:web:coop.example","verificationMethod":[{"id":"#a","type":"Multikey","controller":"did:web:coop.example","publicKeyMultibase":"z0"}]}""", KeyFormatCodes.Base58 },
        { """{"id":"did:web:coop.example","verificationMethod":[{"id":"#a","type":"Ed25519VerificationKey2020","controller":"did:web:coop.example","publicKeyMultibase":"zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"}]}""", DidCodes.Document },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses(string json, string code)
    {
        var refusal = Assert.Throws<DidException>(() => DidDocument.Parse(JsonNode.Parse(json)!.AsObject(), Did));
        Assert.Equal(DidError.InvalidDidDocument, refusal.Error);
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public void Refuses_TheSameIdTwice_AndTooManyMethods()
    {
        Assert.Throws<DidException>(() => DidDocument.Parse(Document(Method("#a", Good), Method(Did + "#a", Good)), Did));
        var many = Document([.. Enumerable.Range(0, DidDocument.MaxVerificationMethods + 1).Select(i => Method($"#{i}", Good))]);
        Assert.Equal(DidError.TooLarge, Assert.Throws<DidException>(() => DidDocument.Parse(many, Did)).Error);
    }

    private static JsonObject Document(params JsonNode[] methods) =>
        new() { ["id"] = Did, ["verificationMethod"] = new JsonArray(methods) };

    private static JsonObject Method(string id, string multikey) => new()
    {
        ["id"] = id, ["type"] = "Multikey", ["controller"] = Did, ["publicKeyMultibase"] = multikey,
    };
}
