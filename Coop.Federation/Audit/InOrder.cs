using System.Runtime.CompilerServices;

namespace Coop.Federation.Audit;

/// <summary>Work done a few items ahead and answered in its order, so that a reader seldom waits.</summary>
internal static class InOrder
{
    /// <param name="items">What to work on; read as far as needed.</param>
    /// <param name="ahead">Items under way at once; bounds load and memory.</param>
    /// <param name="work">The work; at the end of reading it is cancelled and waited for.</param>
    /// <param name="ct">Ends it all.</param>
    public static async IAsyncEnumerable<TResult> RunAsync<TItem, TResult>(
        IEnumerable<TItem> items,
        int ahead,
        Func<TItem, CancellationToken, Task<TResult>> work,
        [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var underWay = new Queue<Task<TResult>>();
        try
        {
            foreach (var item in items)
            {
                underWay.Enqueue(Start(item));
                if (underWay.Count > ahead)
                {
                    yield return await underWay.Dequeue();
                }
            }

            while (underWay.TryDequeue(out var next))
            {
                yield return await next;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(underWay).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
        }

        // On the caller's scheduler, so that a simulation decides what comes first; elsewhere that is the pool.
        Task<TResult> Start(TItem item) => Task.Factory.StartNew(
            () => work(item, stop.Token), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap();
    }
}
