using Coop.Identity.Dids;
using Coop.Identity.Keys;

namespace Coop.Identity.Tests.Dids;

public class DidKeyTests
{
    [Theory]
    [InlineData("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")]
    [InlineData("did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169")]
    [InlineData("did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme")]
    public void Resolves_ToItsOneKey(string did)
    {
        var document = DidKey.Resolve(did);
        Assert.Equal(did, document.Id);
        var method = Assert.Single(document.VerificationMethods);
        Assert.Equal(did, DidKey.Create(method.Key));
        Assert.Equal($"{did}#{did[8..]}", method.Id);
        Assert.Equal(method.Id, DidKey.MethodId(method.Key));
        Assert.Equal(method, document.Find(method.Id, VerificationPurpose.AssertionMethod));
        Assert.Equal(method, document.Find(method.Id, VerificationPurpose.Authentication));
        Assert.Null(document.Find(method.Id, VerificationPurpose.KeyAgreement));
        Assert.Null(document.Find(did, VerificationPurpose.AssertionMethod));
    }

    [Theory]
    [InlineData("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW", KeyFormatCodes.Unsupported)]
    [InlineData("did:key:mO2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik", KeyFormatCodes.Base58)]
    [InlineData("did:web:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", DidCodes.InvalidIdentifier)]
    public void Refuses(string did, string code)
    {
        var refusal = Assert.Throws<DidException>(() => DidKey.Resolve(did));
        Assert.Equal(DidError.InvalidDid, refusal.Error);
        Assert.Equal(code, refusal.Code);
    }
}
