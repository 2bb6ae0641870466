using System.Diagnostics;
using System.Text;
using Tracing.Peers.Qtest;
using Tracing.Virtio.Pci;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>A QEMU that talks without end, in drops, or not at all; functions whose registers cannot be.</summary>
public sealed class HostileQtestTests : IDisposable
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(20);
    private readonly LinkPair pair = new();
    private readonly QtestLink qtest;

    public HostileQtestTests() => qtest = new QtestLink(pair.Link, TimeSpan.FromMilliseconds(300));

    public void Dispose()
    {
        qtest.Dispose();
        pair.Dispose();
    }

    [Theory]
    [InlineData("IRQ raise 1\n", "does not answer")]
    [InlineData("O", "does not answer")]
    public async Task Talk_without_an_answer_takes_no_longer_than_silence(string said, string expected)
    {
        using var end = new CancellationTokenSource();
        var talking = Task.Run(() => Talk(said, end.Token), TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<IOException>(
            () => Task.Run(() => qtest.Ask("readl 0x0"), TestContext.Current.CancellationToken).WaitAsync(limit, TestContext.Current.CancellationToken));
        await end.CancelAsync();
        await talking;

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.True(qtest.Interrupts.Count <= 1024, $"{qtest.Interrupts.Count} interrupt lines are kept");
    }

    [Fact]
    public async Task A_line_without_end_is_refused_soon()
    {
        var line = new string('x', 1 << 16);
        var talking = Task.Run(
            () =>
            {
                try
                {
                    for (var piece = 0; piece < 80; piece++) pair.Peer.Send(Encoding.ASCII.GetBytes(line));
                }
                catch (System.Net.Sockets.SocketException)
                {
                    // Nobody listens any more.
                }
            },
            TestContext.Current.CancellationToken);
        using var patient = new QtestLink(pair.Link, limit);
        var since = Stopwatch.GetTimestamp();
        var error = await Assert.ThrowsAsync<IOException>(
            () => Task.Run(() => patient.Ask("readl 0x0"), TestContext.Current.CancellationToken).WaitAsync(limit, TestContext.Current.CancellationToken));
        Assert.Contains("a line of more than", error.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(since) < limit / 2, $"it took {Stopwatch.GetElapsedTime(since)}");
        patient.Dispose();
        await talking;
    }

    [Fact]
    public void An_answer_that_nobody_asked_for_and_a_closed_socket_are_seen_while_nothing_is_asked()
    {
        qtest.Look();
        pair.Peer.Send("OK 0x1\n"u8);
        Assert.Contains("though nothing was asked", Assert.Throws<IOException>(qtest.Look).Message, StringComparison.Ordinal);
        pair.Peer.Dispose();
        Assert.Contains("has closed", Assert.Throws<IOException>(qtest.Look).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_QEMU_that_has_gone_gives_no_value()
    {
        var bus = new QtestBus(qtest);
        pair.Peer.Dispose();
        Assert.Throws<IOException>(() => bus.ReadConfig(default, 0, 4));
        Assert.Throws<IOException>(() => bus.ReadMemory(0, 4));
        Assert.Throws<IOException>(() => bus.WriteMemory(0, 4, 0));
        Assert.Throws<IOException>(() => bus.TryRead(0, new byte[4]));
    }

    [Theory]
    [InlineData(0x0000_0008u, "size mask")]
    [InlineData(0x0000_000cu, "size mask")]
    [InlineData(0xffff_0001u, "size mask")]
    [InlineData(0xfff0_f000u, "size mask")]
    [InlineData(0x8000_0000u, "no room")]
    public void A_BAR_that_has_no_size_or_no_room_is_refused(uint mask, string expected)
    {
        var error = Assert.Throws<IOException>(() => new BarPlacement().Place(new ScriptedBars(mask)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xffff_ffffu, 0x10ffUL, "inl 0x10fb")]
    [InlineData(0xffff_fff4u, 0xb_0000_1110UL, "readl 0x1100")]
    public async Task A_BAR_that_lies_at_the_end_of_everything_is_accessed_where_its_bus_wraps(uint register, ulong offset, string expected)
    {
        var function = new QtestFunction(new QtestBus(qtest), default);
        // Any register of the function reads so, and so do both halves of the BAR.
        var heard = new List<string>();
        using var end = new CancellationTokenSource();
        var answering = Task.Run(() => Answer(register, heard, end.Token), TestContext.Current.CancellationToken);
        function.ReadBar(0, offset, 4);
        await end.CancelAsync();
        pair.Peer.Shutdown(System.Net.Sockets.SocketShutdown.Both);
        await answering;

        Assert.StartsWith(expected, heard[^1], StringComparison.Ordinal);
    }

    private void Talk(string said, CancellationToken token)
    {
        var bytes = Encoding.ASCII.GetBytes(said);
        pair.Peer.Blocking = false;
        while (!token.IsCancellationRequested)
        {
            // A drop at a time: the line is as slow as it can be and never silent.
            if (pair.Peer.Poll(10_000, System.Net.Sockets.SelectMode.SelectWrite)) pair.Peer.Send(bytes, System.Net.Sockets.SocketFlags.None, out _);
            if (said.Length == 1) token.WaitHandle.WaitOne(20);
        }
    }

    private void Answer(uint value, List<string> heard, CancellationToken token)
    {
        var buffer = new byte[4096];
        while (!token.IsCancellationRequested && pair.Peer.Receive(buffer) is var got and > 0)
        {
            var command = Encoding.ASCII.GetString(buffer, 0, got).Trim();
            heard.Add(command);
            pair.Peer.Send(Encoding.ASCII.GetBytes(command.StartsWith("out", StringComparison.Ordinal) ? "OK\n" : $"OK 0x{value:x}\n"));
        }
    }

    /// <summary>A function whose BARs all answer with one size mask.</summary>
    private sealed class ScriptedBars(uint mask) : IPciBus
    {
        public uint ReadConfig(int offset, int width) => mask;

        public void WriteConfig(int offset, int width, uint value)
        {
            // What is written does not matter here.
        }

        public ulong ReadBar(int bar, ulong offset, int width) => 0;

        public void WriteBar(int bar, ulong offset, int width, ulong value)
        {
            // Nothing is placed here.
        }
    }
}
