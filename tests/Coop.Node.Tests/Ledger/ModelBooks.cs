namespace Coop.Node.Tests.Ledger;

/// <summary>
/// The books in their simplest form, one operation after another: journals, batches with links, pending journals,
/// reversals, closed days. What the real ones are held to.
/// </summary>
internal sealed class ModelBooks(IReadOnlyList<ModelBooks.Account> accounts, int openFrom)
{
    private readonly long[] _balances = new long[accounts.Count];
    private readonly long[] _debits = new long[accounts.Count];
    private readonly long[] _credits = new long[accounts.Count];
    private readonly Dictionary<string, Reserved> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Booked> _journals = new(StringComparer.Ordinal);

    public int OpenFrom { get; private set; } = openFrom;

    /// <summary>Balance, reserved debits and reserved credits of each account.</summary>
    public IEnumerable<(long, long, long)> Standing => accounts.Select((_, i) => (_balances[i], _debits[i], _credits[i]));

    public IReadOnlyList<string> Pending => [.. _pending.Keys.Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Journals => [.. _journals.Keys.Order(StringComparer.Ordinal)];

    public ModelBooks Copy()
    {
        var copy = new ModelBooks(accounts, OpenFrom);
        copy.Take(this);
        return copy;
    }

    /// <summary>One outcome for each item: <c>posted</c> for what succeeds, else the problem's code.</summary>
    public string[] Apply(Step step) => step switch
    {
        Step.Post post => [Post(post.Sender, post.Name, post.Lines, post.Day)],
        Step.Batch batch => [.. Chains(batch).SelectMany(chain => PostChain(batch.Sender, chain))],
        Step.Reserve reserve => [Reserve(reserve)],
        Step.End end => [End(end)],
        Step.Reverse reverse => [Reverse(reverse)],
        Step.Close close => [Close(close.Day)],
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private void Take(ModelBooks other)
    {
        OpenFrom = other.OpenFrom;
        other._balances.CopyTo(_balances, 0);
        other._debits.CopyTo(_debits, 0);
        other._credits.CopyTo(_credits, 0);
        _pending.Clear();
        _journals.Clear();
        foreach (var (name, pending) in other._pending)
        {
            _pending[name] = pending;
        }

        foreach (var (name, journal) in other._journals)
        {
            _journals[name] = journal;
        }
    }

    private static IEnumerable<List<Item>> Chains(Step.Batch batch)
    {
        var chain = new List<Item>();
        foreach (var item in batch.Items)
        {
            chain.Add(item);
            if (!item.Linked)
            {
                yield return chain;
                chain = [];
            }
        }

        if (chain.Count > 0)
        {
            yield return chain;
        }
    }

    private List<string> PostChain(int sender, List<Item> chain)
    {
        var before = Copy();
        var outcomes = new List<string>();
        foreach (var item in chain)
        {
            // A run that the end of the batch left open is refused as a whole.
            outcomes.Add(chain[^1].Linked ? "link-open" : Post(sender, item.Name, item.Lines, item.Day));
            if (outcomes[^1] != "posted")
            {
                Take(before);
                var culprit = chain[^1].Linked ? chain.Count - 1 : outcomes.Count - 1;
                return chain.ConvertAll(i => chain.IndexOf(i) == culprit ? outcomes[^1] : "linked-failed");
            }
        }

        return outcomes;
    }

    private string Post(int sender, string name, (int Account, long Minor)[] lines, int day)
    {
        if (Refuse(sender, lines, day) is { } refusal)
        {
            return refusal;
        }

        Move(lines);
        _journals[name] = new(lines, IsReversed: false);
        return "posted";
    }

    private string Reserve(Step.Reserve step)
    {
        if (Refuse(step.Sender, step.Lines, step.Day) is { } refusal)
        {
            return refusal;
        }

        Hold(step.Lines, 1);
        _pending[step.Name] = new(step.Sender, step.Lines, step.Day, IsOpen: true);
        return "posted";
    }

    private string End(Step.End step)
    {
        var pending = _pending[step.Pending];
        if (step.Sender != 0 && step.Sender != pending.Sender)
        {
            return "forbidden";
        }

        if (!pending.IsOpen)
        {
            return "pending-over";
        }

        if (step.IsPosted && pending.Day < OpenFrom)
        {
            return "period-closed";
        }

        Hold(pending.Lines, -1);
        _pending[step.Pending] = pending with { IsOpen = false };
        if (step.IsPosted)
        {
            Move(pending.Lines);
            _journals[step.Name] = new(pending.Lines, IsReversed: false);
        }

        return "posted";
    }

    private string Reverse(Step.Reverse step)
    {
        var journal = _journals[step.Journal];
        if (journal.IsReversed)
        {
            return "already-reversed";
        }

        var opposite = journal.Lines.Select(l => (l.Account, -l.Minor)).ToArray();
        if (Refuse(0, opposite, step.Day) is { } refusal)
        {
            return refusal;
        }

        Move(opposite);
        _journals[step.Journal] = journal with { IsReversed = true };
        _journals[step.Name] = new(opposite, IsReversed: false);
        return "posted";
    }

    private string Close(int day)
    {
        if (day <= OpenFrom)
        {
            return "period-unchanged";
        }

        OpenFrom = day;
        return "posted";
    }

    private string? Refuse(int sender, (int Account, long Minor)[] lines, int day)
    {
        if (lines.Any(l => l.Minor == 0))
        {
            return "zero-amount";
        }

        if (sender != 0 && lines.Any(l => accounts[l.Account].Owner == 0 || (l.Minor > 0 && accounts[l.Account].Owner != sender)))
        {
            return "not-a-payment";
        }

        if (lines.Sum(l => l.Minor) != 0)
        {
            return "journal-unbalanced";
        }

        if (day < OpenFrom)
        {
            return "period-closed";
        }

        var nets = lines.GroupBy(l => l.Account).Select(a => (Index: a.Key, Net: a.Sum(l => l.Minor))).ToList();
        return nets.Exists(n => BreaksFloor(n.Index, n.Net)) ? "below-floor"
            : nets.Exists(n => BreaksCeiling(n.Index, n.Net)) ? "above-ceiling" : null;
    }

    // What is open and goes the same way counts as done; what goes the other way counts as never to come.
    private bool BreaksFloor(int index, long net)
    {
        var account = accounts[index];
        var (change, normal) = (account.Sign * net, account.Sign * _balances[index]);
        var gone = account.Sign > 0 ? _credits[index] : _debits[index];
        return account.Floor is { } floor && change < 0 && normal - gone + change < floor;
    }

    private bool BreaksCeiling(int index, long net)
    {
        var account = accounts[index];
        var (change, normal) = (account.Sign * net, account.Sign * _balances[index]);
        var coming = account.Sign > 0 ? _debits[index] : _credits[index];
        return account.Ceiling is { } ceiling && change > 0 && normal + coming + change > ceiling;
    }

    private void Move((int Account, long Minor)[] lines)
    {
        foreach (var (account, minor) in lines)
        {
            _balances[account] += minor;
        }
    }

    private void Hold((int Account, long Minor)[] lines, int sign)
    {
        foreach (var net in lines.GroupBy(l => l.Account))
        {
            var minor = net.Sum(l => l.Minor);
            _debits[net.Key] += sign * Math.Max(minor, 0);
            _credits[net.Key] += sign * Math.Max(-minor, 0);
        }
    }

    /// <param name="Id">In the real books.</param>
    /// <param name="Sign">1 where debits raise it, else -1.</param>
    /// <param name="Owner">0 for the co-op's own; else the sender whose liability it is.</param>
    /// <param name="Floor">Of its normal balance.</param>
    /// <param name="Ceiling">Of its normal balance.</param>
    public sealed record Account(Guid Id, int Sign, int Owner, long? Floor, long? Ceiling);

    /// <param name="Name">What the journal is called afterwards.</param>
    /// <param name="Lines">The accounts by their number.</param>
    /// <param name="Day">The day that it counts for.</param>
    /// <param name="Linked">Whether it stands or falls with the next one.</param>
    public sealed record Item(string Name, (int Account, long Minor)[] Lines, int Day, bool Linked);

    /// <summary>Something that somebody does. Sender 0 keeps the books, the others are members.</summary>
    public abstract record Step(int Sender, string Name)
    {
        public sealed record Post(int Sender, string Name, (int Account, long Minor)[] Lines, int Day) : Step(Sender, Name);

        public sealed record Batch(int Sender, string Name, IReadOnlyList<Item> Items) : Step(Sender, Name);

        public sealed record Reserve(int Sender, string Name, (int Account, long Minor)[] Lines, int Day) : Step(Sender, Name);

        public sealed record End(int Sender, string Name, string Pending, bool IsPosted) : Step(Sender, Name);

        public sealed record Reverse(string Name, string Journal, int Day) : Step(0, Name);

        public sealed record Close(string Name, int Day) : Step(0, Name);
    }

    private sealed record Reserved(int Sender, (int Account, long Minor)[] Lines, int Day, bool IsOpen);

    private sealed record Booked((int Account, long Minor)[] Lines, bool IsReversed);
}
