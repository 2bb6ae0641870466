using System.Globalization;
using System.Net.Sockets;
using Tracing.Peers.Native;
using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Live;

/// <summary>Peers that break off, talk nonsense or are killed: the program ends by itself, and its run says how.</summary>
public sealed class HostilePeerTests : IDisposable
{
    private const int Success = 0;
    private const int InputUnreadable = 4;
    private const int Inconclusive = 3;
    private const string UseDisk = """
        for i in 1 2 3 4 5 6 7 8 9 10; do [ -b /dev/vda ] && break; sleep 0.1; done
        echo "GUEST READS"
        while true; do dd if=/dev/vda of=/dev/null bs=4k count=1000 iflag=direct 2>/dev/null; done
        """;

    private readonly Machine machine = new();

    private string Run => machine.PathOf("run.parquet");

    private string Progress => machine.PathOf("progress");

    private string Socket => machine.PathOf("peer");

    public void Dispose() => machine.Dispose();

    [Theory]
    [InlineData("pci")]
    [InlineData("vhost-user")]
    public void A_peer_that_comes_and_goes_is_a_run_that_says_so(string transport)
    {
        using var capture = Serve(transport);
        using (UnixLink.Connect(Socket))
        {
            // It has nothing to say.
        }

        Assert.True(capture.AwaitEnd(Machine.ShortLimit) == Success, capture.Said);
        Assert.Contains("the peer has closed the connection", Ending(), StringComparison.Ordinal);
        Assert.True(ParquetRows.Facts(Run).Complete);
        AssertOpens();
    }

    [Theory]
    [InlineData("pci", "garbage", "command")]
    [InlineData("pci", "half a header", "closed in the middle of a message, behind 7 bytes")]
    [InlineData("pci", "half a message", "closed in the middle of a message, behind 20 bytes")]
    [InlineData("vhost-user", "garbage", "version")]
    [InlineData("vhost-user", "half a header", "closed in the middle of a message, behind 7 bytes")]
    [InlineData("vhost-user", "half a message", "closed in the middle of a message, behind 16 bytes")]
    public void A_peer_that_breaks_the_protocol_ends_the_run_which_says_so(string transport, string kind, string expected)
    {
        using var capture = Serve(transport);
        using (var peer = UnixLink.Connect(Socket))
        {
            byte[] start = transport == "pci" ? [2, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0] : [2, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0];
            peer.Send(kind switch
            {
                "garbage" => "Nobody expects this, and it is longer than a header."u8.ToArray(),
                "half a header" => start[..7],
                _ => start,
            });
        }

        Assert.True(capture.AwaitEnd(Machine.ShortLimit) == InputUnreadable, capture.Said);
        Assert.Contains(expected, capture.Said, StringComparison.Ordinal);
        Assert.StartsWith("the recording ends here: ", Ending(), StringComparison.Ordinal);
        Assert.Contains(expected, Ending(), StringComparison.Ordinal);
        AssertCutShort();
    }

    [Theory]
    [InlineData("pci")]
    [InlineData("vhost-user")]
    public void A_QEMU_that_is_killed_while_its_guest_reads_is_a_run_that_says_so(string transport)
    {
        using var capture = Serve(transport, "--image", machine.Image(), "--progress-to", Progress);
        using var guest = Guest(transport);
        guest.Await(() => machine.Console.Contains("GUEST READS", StringComparison.Ordinal), "booted", Machine.GuestLimit);
        var events = Events();
        capture.Await(() => Events() > events + 20_000, "served reads", Machine.GuestLimit);
        guest.Kill();

        // Whether something was just under way decides whether the peer closed between messages or in one.
        var exit = capture.AwaitEnd(Machine.ShortLimit);
        Assert.True(exit is Success or InputUnreadable, capture.Said);
        Assert.Contains("peer", capture.Said, StringComparison.Ordinal);
        Assert.Contains(transport == "vhost-user" && exit == Success ? "while queue 0 was running" : "", Ending(), StringComparison.Ordinal);
        if (exit == Success) AssertOpens();
        else AssertCutShort();
        Assert.Equal(exit == Success, ParquetRows.Facts(Run).Complete);
        // Being killed is nobody's violation: what SeaBIOS does is in docs, and nothing is added.
        Assert.DoesNotContain(JudgedRun.Of(Run).With("violated"), rule => rule is not ("RST-003" or "RST-004" or "SWIOTLB-002"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_QEMU_or_memory_that_goes_under_the_driver_is_a_run_that_says_so_and_holds_no_invented_values(bool isKilled)
    {
        var (qtest, window) = (machine.PathOf("qt"), machine.SharedFile("window"));
        using var qemu = machine.Parked(
            qtest, 128, "-object", "memory-backend-memfd,id=ram,size=128M,share=on",
            "-object", $"memory-backend-file,id=window,size=4M,share=on,mem-path={window}", "-device", "ivshmem-plain,memdev=window",
            "-drive", $"if=none,id=disk,file={machine.Image()},format=raw", "-device", "virtio-blk-pci,drive=disk,disable-legacy=on,iommu_platform=on");
        using var driver = machine.Capture(
            "drive", "qtest", "--socket", qtest, "--region-file", window, "--requests", "1000000", "--block-size", "512", "-o", Run, "--progress-to", Progress);
        driver.Await(() => Events() > 50_000, "driven the device", Machine.GuestLimit);
        // A QEMU whose memory is cut off dies of it as soon as its device looks there.
        if (isKilled) qemu.Kill();
        else File.WriteAllBytes(window, []);

        Assert.True(driver.AwaitEnd(Machine.ShortLimit) == InputUnreadable, driver.Said);
        Assert.Matches("QEMU has closed its qtest socket|the peer's socket cannot be|its memory at 0x[0-9a-f]+ is gone", driver.Said);
        Assert.Matches(@"\d+ requests, ", driver.Said);
        Assert.StartsWith("the recording ends here: ", Ending(), StringComparison.Ordinal);
        AssertCutShort();
        Assert.Empty(JudgedRun.Of(Run).With("violated"));
        // A bus on which nobody answers would give all ones.
        Assert.Equal(["0"], ParquetRows.Query($"select count(*) from '{Run}' where event = 'register_read' and register_name = 'device_status' and value > 15"));
        Assert.Equal(["0"], ParquetRows.Query($"select count(*) from '{Run}' where source = 'driver' and part = 'used_entry' and value > 32767"));
    }

    [Theory]
    [InlineData("nonsense\n", "answered 'nonsense'")]
    [InlineData("OK 0x", "has closed its qtest socket")]
    [InlineData("", "has closed its qtest socket")]
    public async Task A_QEMU_that_talks_nonsense_ends_the_driver(string said, string expected)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Socket));
        listener.Listen(1);
        using var driver = machine.Capture("drive", "qtest", "--socket", Socket, "-o", Run);
        using (var peer = await listener.AcceptAsync(TestContext.Current.CancellationToken))
        {
            // It has asked something by then, so that closing is no race.
            await peer.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken);
            await peer.SendAsync(System.Text.Encoding.ASCII.GetBytes(said), TestContext.Current.CancellationToken);
            peer.Shutdown(SocketShutdown.Send);
            Assert.True(driver.AwaitEnd(Machine.ShortLimit) == InputUnreadable, driver.Said);
        }

        Assert.Contains(expected, driver.Said, StringComparison.Ordinal);
        Assert.Contains(expected, Ending(), StringComparison.Ordinal);
        AssertCutShort();
    }

    [Fact]
    public void An_interrupted_recording_says_that_it_was_cut_short()
    {
        using var capture = Serve("vhost-user");
        using var peer = UnixLink.Connect(Socket);
        capture.Interrupt();

        Assert.Equal(130, capture.AwaitEnd(Machine.ShortLimit));
        Assert.Equal("the recording was interrupted", Ending());
        AssertCutShort();
    }

    private Job Serve(string transport, params string[] options)
    {
        string[] interrupts = transport == "pci" && options.Length > 0 ? ["--interrupts", $"qtest:{machine.PathOf("qt")}"] : [];
        var job = machine.Capture(["serve", transport, "--listen", Socket, "-o", Run, .. interrupts, .. options]);
        job.AwaitWord("waiting at", Machine.ShortLimit);
        return job;
    }

    private Job Guest(string transport)
    {
        var initramfs = new Initramfs(UseDisk, GuestScripts.BlkModules);
        return transport == "pci"
            ? machine.GuestAtProxy(Socket, initramfs, "quiet", 256, "-qtest", $"unix:{machine.PathOf("qt")},server=on,wait=off", "-qtest-log", "none")
            : machine.Guest(
                initramfs, "quiet", 256,
                "-chardev", $"socket,id=vu,path={Socket}", "-device", "vhost-user-blk-pci,chardev=vu,num-queues=1,disable-legacy=on");
    }

    /// <summary>What the run's last remark says.</summary>
    private string Ending()
        => ParquetRows.Query($"select note from '{Run}' where event = 'remark' order by sequence desc limit 1").SingleOrDefault() ?? "";

    private void AssertOpens()
    {
        Assert.Equal(0, Analysis.CommandLine.Run("validate", Run).ExitCode);
        Assert.True(JudgedRun.Of(Run).ExitCode is 0 or 1 or Inconclusive);
    }

    /// <summary>It opens, and everybody is told that it did not come to its end.</summary>
    private void AssertCutShort()
    {
        AssertOpens();
        Assert.False(ParquetRows.Facts(Run).Complete);
        Assert.Contains("no: the recording did not come to its end", Analysis.CommandLine.Run("summary", Run).Output, StringComparison.Ordinal);
    }

    /// <summary>How many events all sources have, by the last whole line that was told.</summary>
    private ulong Events()
    {
        if (!File.Exists(Progress)) return 0;
        using var file = new StreamReader(new FileStream(Progress, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = file.ReadToEnd().Split('\n');
        return lines.Length < 2 ? 0 : lines[^2].Split(' ').Aggregate(0UL, (sum, word) => sum + ulong.Parse(word.Split('=')[^1], CultureInfo.InvariantCulture));
    }
}
