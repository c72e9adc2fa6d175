using Coop.Identity.Status;

namespace Coop.Identity.Credentials.Verification;

/// <summary>Whether a status list can be unpacked and read.</summary>
internal static class ListRule
{
    public static Check Check(OpenedStatusList list)
    {
        try
        {
            if (list.Kind == StatusListKind.Token)
            {
                TokenStatusList.Read(list.List, 0);
            }
            else
            {
                BitstringStatusList.Decode(list.List.RequiredText("encodedList"));
            }

            return Credentials.Check.Passed("The list can be read.");
        }
        catch (CredentialException e)
        {
            return Credentials.Check.Of(e);
        }
    }
}
