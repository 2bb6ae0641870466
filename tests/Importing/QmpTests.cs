using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text;
using Tracing.Capture.Importing.Qmp;
using Tracing.Schemas;
using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Importing;

/// <summary>What QEMU answers to x-query-virtio, in the shapes that QEMU 7.2 prints.</summary>
public sealed class QmpTests : IDisposable
{
    private const string Queue = """{"name":"virtio-blk","queue-index":0,"vring-num-default":256,"vring-num":16,"vring-desc":268435456,"vring-avail":268439552,"vring-used":268443648,"last-avail-idx":7}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Recorded => Repository.PathOf("tests/Importing/Recorded/seabios.qmp");

    [Fact]
    public void Registers_are_told_as_snapshots_features_first()
        => Assert.Equal(
            [
                "recorder/0 dev0 remark note=\"virtio-blk at /machine/blk\"",
                "recorder/0 dev0 snapshot value=2 note=\"device_appeared\"",
                "recorder/0 dev0 snapshot value=512 register_name=device_feature feature_word=0 note=\"register_read\"",
                "recorder/0 dev0 snapshot value=257 register_name=device_feature feature_word=1 note=\"register_read\"",
                "recorder/0 dev0 snapshot value=512 register_name=driver_feature feature_word=0 note=\"register_write\"",
                "recorder/0 dev0 snapshot value=1 register_name=driver_feature feature_word=1 note=\"register_write\"",
                "recorder/0 dev0 snapshot value=15 register_name=device_status note=\"register_write\"",
                "recorder/0 dev0 snapshot value=79 note=\"status_presented\"",
                "recorder/0 dev0/q0 snapshot value=256 register_name=queue_size note=\"register_read\"",
                "recorder/0 dev0/q0 snapshot value=16 register_name=queue_size note=\"register_write\"",
                "recorder/0 dev0/q0 snapshot value=268435456 register_name=queue_desc note=\"register_write\"",
                "recorder/0 dev0/q0 snapshot value=268439552 register_name=queue_driver note=\"register_write\"",
                "recorder/0 dev0/q0 snapshot value=268443648 register_name=queue_device note=\"register_write\"",
                "recorder/0 dev0/q0 snapshot value=1 register_name=queue_enable note=\"register_write\"",
                "recorder/0 dev0/q0 snapshot part=available_index address=bus:0x10001002 length=2 value=9 note=\"store\"",
                "recorder/0 dev0/q0 snapshot part=used_index address=bus:0x10002002 length=2 value=7 note=\"dma_write\"",
                "recorder/0 dev0/q0 snapshot part=available_entry address=bus:0x10001006 length=2 value=3 slot=1 note=\"store\"",
                "recorder/0 dev0/q0 snapshot part=descriptor slot=3 head=3 target=bus:0x1000 size=16 flags=0x1 note=\"store\"",
                "recorder/0 dev0/q0 snapshot part=descriptor head=3 target=bus:0x2000 size=1 flags=0x2 note=\"store\"",
            ],
            Events(Conversation(
                ("x-query-virtio-status", "\"path\":\"/machine/blk\"", Status("VERSION_1", "VERSION_1", "BLK_F_FLUSH", "BLK_F_FLUSH", "DRIVER_OK FEATURES_OK DRIVER ACKNOWLEDGE NEEDS_RESET")),
                ("x-query-virtio-queue-status", "\"path\":\"/machine/blk\",\"queue\":0", Queue),
                ("x-query-virtio-queue-element", "\"path\":\"/machine/blk\",\"queue\":0,\"index\":17",
                    """{"name":"virtio-blk","index":3,"descs":[{"flags":["write"],"len":1,"addr":8192},{"flags":["next"],"len":16,"addr":4096}],"avail":{"idx":9,"flags":0,"ring":3},"used":{"idx":7,"flags":0}}"""))));

    [Fact]
    public async Task Bit_27_among_the_models_features_is_no_offer_of_SWIOTLB()
    {
        var text = Conversation(
            ("x-query-virtio-status", "\"path\":\"/machine/blk\"", Status("NOTIFY_ON_EMPTY ANY_LAYOUT VERSION_1", "VERSION_1", "", "", "DRIVER_OK FEATURES_OK DRIVER ACKNOWLEDGE")),
            ("x-query-virtio-queue-status", "\"path\":\"/machine/blk\",\"queue\":0", Queue));
        var run = await ImportedFile.Import(folder, text, "--confine", "0x10000000:0x10000");
        var judged = JudgedRun.Of(run);

        Assert.Equal("0", ParquetRows.Query($"select value from '{run}' where register_name = 'device_feature' and feature_word = 0").Single());
        Assert.All(judged.Rules.Values.Where(rule => rule.Id is "SWIOTLB-001" or "SWIOTLB-002" or "SWIOTLB-006" or "SWIOTLB-018"), rule => Assert.Equal(0UL, rule.Violated + rule.Held));
        Assert.Empty(judged.With("violated"));
        Assert.Equal(("holds", 3UL), (judged.Rules["SWIOTLB-003a"].Verdict, judged.Rules["SWIOTLB-003a"].Held));
        Assert.Equal("holds", judged.Rules["NEG-010"].Verdict);

        // And where the rings lie elsewhere.
        var outside = JudgedRun.Of(await ImportedFile.Import(folder, text, "--confine", "0x10001000:0x10000")).Rules["SWIOTLB-003a"];
        Assert.Equal((1UL, 2UL), (outside.Violated, outside.Held));
    }

    [Fact]
    public void A_driver_of_the_legacy_interface_is_told_in_its_registers()
    {
        var events = Events(Conversation(
            ("x-query-virtio-status", "\"path\":\"/machine/blk\"", Status("NOTIFY_ON_EMPTY ANY_LAYOUT VERSION_1", "ANY_LAYOUT", "", "", "DRIVER_OK DRIVER ACKNOWLEDGE")),
            ("x-query-virtio-queue-status", "\"path\":\"/machine/blk\",\"queue\":0", Queue)));

        Assert.Contains("recorder/0 dev0 snapshot value=150994944 register_name=device_feature feature_word=0 note=\"register_read\"", events);
        Assert.Contains("recorder/0 dev0 snapshot value=134217728 register_name=driver_feature feature_word=0 note=\"register_write\"", events);
        Assert.Contains("recorder/0 dev0/q0 snapshot value=65536 register_name=queue_page_frame note=\"register_write\"", events);
        Assert.DoesNotContain(events, text => text.Contains("feature_word=1", StringComparison.Ordinal) || text.Contains("queue_enable", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_without_a_bit_leaves_its_set_unknown_and_is_pointed_out()
    {
        var events = Events(Conversation(
            ("x-query-virtio-status", "\"path\":\"/machine/blk\"", Status("VERSION_1 OF_TOMORROW", "VERSION_1", "", "", "DRIVER ACKNOWLEDGE"))));

        Assert.Contains("recorder/0 dev0 snapshot register_name=device_feature feature_word=0 note=\"register_read\"", events);
        Assert.Contains("recorder/0 dev0 snapshot value=1 register_name=driver_feature feature_word=1 note=\"register_write\"", events);
        Assert.Contains(events, text => text.Contains("1 lines are odd: the bit of 'VIRTIO_F_OF_TOMORROW", StringComparison.Ordinal));
    }

    [Fact]
    public void Answers_in_one_object_and_answers_without_questions_say_the_same()
    {
        var status = Status("VERSION_1", "VERSION_1", "", "", "DRIVER_OK FEATURES_OK DRIVER ACKNOWLEDGE");
        var list = """[{"name":"virtio-blk","path":"/machine/blk"}]""";
        var conversation = Events(Conversation(
            ("x-query-virtio", "", list), ("x-query-virtio-status", "\"path\":\"/machine/blk\"", status), ("x-query-virtio-queue-status", "\"path\":\"/machine/blk\",\"queue\":0", Queue)));

        Assert.Equal(conversation, Events($$"""
            { "x-query-virtio": {"return": {{list}} },
              "status /machine/blk": {"return": {{status}} },
              "queue0 /machine/blk": {"return": {{Queue}} } }
            """));
        Assert.Equal(conversation, Events($$"""{"return": {{list}} }{"return": {{status}} } and then {"return": {{Queue}} }"""));
        Assert.Equal(conversation, Events($$"""
            {"execute":"x-query-virtio-status","arguments":{"path":"/machine/blk"},"id":"b"}
            {"execute":"x-query-virtio-queue-status","arguments":{"path":"/machine/blk","queue":0},"id":3}
            {"return":{{Queue}} ,"id":3}
            {"return":{{status}},"id":"b"}
            """));
    }

    [Fact]
    public void Of_two_answers_about_the_same_the_last_one_counts()
    {
        var early = ("x-query-virtio-status", "\"path\":\"/machine/blk\"", Status("VERSION_1", "VERSION_1", "", "", "DRIVER ACKNOWLEDGE"));
        var late = ("x-query-virtio-status", "\"path\":\"/machine/blk\"", Status("VERSION_1", "VERSION_1", "", "", ""));
        var events = Events(Conversation(early, late));

        Assert.Contains("recorder/0 dev0 snapshot value=0 note=\"status_presented\"", events);
        Assert.DoesNotContain(events, text => text.Contains("value=3 ", StringComparison.Ordinal));
        Assert.Contains(events, text => text.Contains("1 lines are odd: the same was told before", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_recorded_with_QEMU_and_firmware_counts_as_another_program_counts_it()
    {
        var start = new ProcessStartInfo("awk", ["-f", Repository.PathOf("tests/Importing/Counting/qmp.awk"), Recorded]) { RedirectStandardOutput = true };
        using var awk = Process.Start(start)!;
        var expected = awk.StandardOutput.ReadToEnd();
        awk.WaitForExit();

        Assert.NotEmpty(expected);
        Assert.Equal(expected, Counts(ImportedFile.Events(new QmpFormat(), File.ReadAllBytes(Recorded))));
    }

    [Fact]
    public async Task What_was_recorded_is_judged()
    {
        var run = await ImportedFile.ImportPath(folder, Recorded, "--confine", "0:0x8000000");
        var judged = JudgedRun.Of(run);

        Assert.Empty(judged.With("violated"));
        Assert.Equal(9UL, judged.Rules["SWIOTLB-003a"].Held);
        Assert.Equal(["NEG-010", "SPLIT-001", "SWIOTLB-003a"], judged.With("holds").Order(StringComparer.Ordinal));
        Assert.Equal(0, Analysis.CommandLine.Run("validate", run).ExitCode);
    }

    [Fact]
    public void Mutated_conversations_do_no_harm()
        => Mutation.Run(File.ReadAllBytes(Recorded), bytes => ImportedFile.AssertHarmless(new QmpFormat(), bytes));

    [Fact]
    public void Objects_without_end_take_no_memory()
    {
        var good = Conversation(("x-query-virtio-status", "\"path\":\"/machine/blk\"", Status("VERSION_1", "VERSION_1", "", "", "DRIVER ACKNOWLEDGE")));
        ImportedFile.AssertBounded(new QmpFormat(), good + "{\"return\":\"", 'x', "\"}\n" + good);
        ImportedFile.AssertBounded(new QmpFormat(), good + "{\"return\":", '[', "");
        ImportedFile.AssertBounded(new QmpFormat(), good, '{', "");
    }

    private static string[] Events(string text)
        => [.. ImportedFile.Events(new QmpFormat(), Encoding.UTF8.GetBytes(text)).Select(line => line["qmp: ".Length..])];

    private static string Conversation(params (string Command, string Arguments, string Answer)[] exchanges)
        => """{"QMP":{"version":{"qemu":{"micro":0,"minor":2,"major":7},"package":""},"capabilities":["oob"]}}""" + "\n"
            + string.Concat(exchanges.Select(one => $"{{\"execute\":\"{one.Command}\",\"arguments\":{{{one.Arguments}}}}}\n{{\"return\":{one.Answer}}}\n"));

    private static string Status(string offered, string accepted, string deviceOffered, string deviceAccepted, string status) => $$"""
        {"name":"virtio-blk","device-id":2,"num-vqs":1,
         "host-features":{"unknown-dev-features":1099511627776,"transports":[{{Names("VIRTIO_F_", offered)}}],"dev-features":[{{Names("VIRTIO_", deviceOffered)}}] },
         "guest-features":{"transports":[{{Names("VIRTIO_F_", accepted)}}],"dev-features":[{{Names("VIRTIO_", deviceAccepted)}}] },
         "status":{"statuses":[{{Names("VIRTIO_CONFIG_S_", status)}}] } }
        """;

    private static string Names(string prefix, string words)
        => string.Join(',', words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"\"{prefix}{word}: it is so\""));

    /// <summary>What the counting script prints: of each device its path and how many bits and things were told.</summary>
    private static string Counts(IReadOnlyList<string> events)
    {
        var rows = events.Select(text => EventText.TryParse(text["qmp: ".Length..], out var row, out _) ? row : throw new InvalidDataException(text)).ToArray();
        var text = new StringBuilder();
        foreach (var device in rows.Where(row => row.Kind == EventKind.Remark && row[Column.Device] is not null))
        {
            var own = rows.Where(row => row[Column.Device] == device[Column.Device] && row.Kind == EventKind.Snapshot).ToArray();
            text.Append(CultureInfo.InvariantCulture, $"{device.Note!.Split(' ')[2]} offered {Bits(own, RegisterName.DeviceFeature)} accepted {Bits(own, RegisterName.DriverFeature)}")
                .Append(CultureInfo.InvariantCulture, $" status {own.Where(row => row.Note == "status_presented").Sum(row => BitOperations.PopCount(row[Column.Value]!.Value))}")
                .Append(CultureInfo.InvariantCulture, $" enabled {own.Count(row => row[Column.RegisterName] == (ulong)RegisterName.QueueEnable)}")
                .Append(CultureInfo.InvariantCulture, $" descriptors {own.Count(row => row[Column.Target] is not null)}\n");
        }

        return text.ToString();
    }

    private static int Bits(EventRow[] rows, RegisterName register)
        => rows.Where(row => row[Column.RegisterName] == (ulong)register).Sum(row => BitOperations.PopCount(row[Column.Value]!.Value));
}
