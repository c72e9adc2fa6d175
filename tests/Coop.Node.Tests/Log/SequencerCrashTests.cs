using Coop.Node.Log;
using static Coop.Node.Tests.Log.TestLog;

namespace Coop.Node.Tests.Log;

public sealed class SequencerCrashTests
{
    public static TheoryData<SequencerStep> Steps => [.. Enum.GetValues<SequencerStep>()];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task NothingIsLostOrDoubled_WhenItDiesAtAStep(SequencerStep step)
    {
        await using var node = await StartAsync(observer: new CrashingSequencer(step));
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.AddRange(await AppendAsync(node, 60));
            await WaitForSizeAsync(node, ids.Count);
        }

        var entries = await VerifyAsync(node);
        Assert.Equal(ids, entries.Select(e => e.Id));
    }
}
