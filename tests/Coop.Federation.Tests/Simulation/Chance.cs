namespace Coop.Federation.Tests.Simulation;

/// <summary>Everything that is left to chance, from one seed.</summary>
internal sealed class Chance(Random random, SimOptions options)
{
    /// <summary>No message is under way longer; a caller gives up then, too.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>Whether links and nodes fail; set once it is enough.</summary>
    public bool IsCalm { get; set; }

    public Random Random { get; } = random;

    public bool OneIn(int n) => Random.Next(n) == 0;

    public TimeSpan Between(double fromSeconds, double toSeconds) =>
        TimeSpan.FromSeconds(fromSeconds + (Random.NextDouble() * (toSeconds - fromSeconds)));

    /// <summary>Of the disk; now and then it stalls.</summary>
    public TimeSpan Latency() => Between(0, OneIn(40) && !IsCalm ? 3 : 0.05);

    public bool Dies(SimNode node) => !IsCalm && options.Crashes && node.CanDie && OneIn(150);

    public bool IsLost() => !IsCalm && OneIn(options.OneLostIn);

    public bool IsDoubled() => !IsCalm && OneIn(12);

    /// <summary>Mostly short; now and then so long that later messages come first.</summary>
    public TimeSpan Travel() => OneIn(10) && !IsCalm ? Between(1, Timeout.TotalSeconds - 1) : Between(0.01, 0.2);

    public Guid Id()
    {
        var bytes = new byte[16];
        Random.NextBytes(bytes);
        return new Guid(bytes);
    }

    public byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        Random.NextBytes(bytes);
        return bytes;
    }
}
