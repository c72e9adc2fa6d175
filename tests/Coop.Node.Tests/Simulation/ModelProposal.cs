namespace Coop.Node.Tests.Simulation;

/// <summary>A proposal as the model has it.</summary>
internal sealed class ModelProposal(Guid id, string author, string title, string body)
{
    public Guid Id { get; } = id;

    public string Author { get; } = author;

    public string Title { get; set; } = title;

    public string Body { get; set; } = body;

    public string Status { get; set; } = "draft";

    public DateTimeOffset? ClosesAt { get; set; }

    /// <summary>Each voter's choice.</summary>
    public Dictionary<string, string> Votes { get; } = [];

    public long Count(string choice) => Votes.Values.LongCount(c => c == choice);
}
