using System.Diagnostics;
using Tracing.Peers.Native;
using Tracing.Peers.VhostUser;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>A peer that asks and does not read, or whose notifications cannot be taken or given, holds nobody up.</summary>
public sealed class PeerThatDoesNotReadTests
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Answers_that_nobody_takes_end_the_link()
    {
        using var pair = new LinkPair();
        pair.Link.Patience = TimeSpan.FromMilliseconds(200);

        var sending = Task.Run(() => pair.Link.Send(new byte[1 << 24]), TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<IOException>(() => sending.WaitAsync(limit, TestContext.Current.CancellationToken));
        Assert.Contains("has not taken", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_reads_slowly_gets_everything()
    {
        using var pair = new LinkPair();
        var sending = Task.Run(() => pair.Link.Send(new byte[1 << 22]), TestContext.Current.CancellationToken);
        var (buffer, got) = (new byte[1 << 12], 0);
        while (got < 1 << 22) got += await pair.Peer.ReceiveAsync(buffer, TestContext.Current.CancellationToken);

        await sending.WaitAsync(limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_eventfd_that_is_full_and_one_that_is_empty_are_not_waited_for()
    {
        using var full = new EventCounter(PassedFile.EventFd(blocks: true));
        using var empty = new EventCounter(PassedFile.EventFd(blocks: true));
        // An eventfd holds at most 2^64 - 2.
        using (var same = MemoryFile.Duplicate(full.Descriptor)) RandomAccess.Write(same, BitConverter.GetBytes(ulong.MaxValue - 1), 0);

        Assert.True(await Task.Run(full.Signal, TestContext.Current.CancellationToken).WaitAsync(limit, TestContext.Current.CancellationToken));
        Assert.False(await Task.Run(empty.Take, TestContext.Current.CancellationToken).WaitAsync(limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_peer_that_never_stops_talking_can_be_left()
    {
        using var bench = new VhostBench();
        using var end = new CancellationTokenSource();
        var talking = Task.Run(
            () =>
            {
                var message = VhostWire.Message(VhostRequest.SetOwner);
                while (!end.IsCancellationRequested) bench.Say(message);
            },
            TestContext.Current.CancellationToken);
        var serving = Task.Run(() => bench.ServeUntil(end.Token), TestContext.Current.CancellationToken);
        var since = Stopwatch.GetTimestamp();
        while (bench.Sink.Events.Count < 1000) Assert.True(Stopwatch.GetElapsedTime(since) < limit, "nothing was served");
        await end.CancelAsync();

        await serving.WaitAsync(limit, TestContext.Current.CancellationToken);
        bench.CloseBackEnd();
        try
        {
            await talking.WaitAsync(limit, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The front end was speaking when the back end closed.
        }
    }
}
