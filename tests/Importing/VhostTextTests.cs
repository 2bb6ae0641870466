using System.Text;
using Tracing.Capture.Importing.VhostUser;
using Tracing.Schemas;
using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Importing;

/// <summary>A vhost-user conversation written down as text.</summary>
public sealed class VhostTextTests : IDisposable
{
    private const string Conversation = """
        10:00:00.000001 -> GET_FEATURES flags=0x1 size=0
        10:00:00.000002 <- GET_FEATURES flags=0x5 size=8
              payload GET_FEATURES u64=0x2
        10:00:00.000003 -> ADD_MEM_REG flags=0x9 size=40 fds=12
              payload ADD_MEM_REG pad=0 gpa=0x0 size=0x10000000 uva=0x7f0000000000 off=0x0
        10:00:00.000004 -> SET_FEATURES flags=0x1 size=8
              payload SET_FEATURES u64=0x140000200
        10:00:00.000005 -> SET_VRING_NUM flags=0x1 size=8
              payload SET_VRING_NUM idx=0 num=128
        10:00:00.000006 -> SET_VRING_ADDR flags=0x1 size=40
              payload SET_VRING_ADDR idx=0 flags=0 desc=0x7f0000001000 used=0x7f0000003000 avail=0x7f0000002000 log=0x0
        10:00:00.000007 -> SET_VRING_KICK flags=0x1 size=8 fds=15
              payload SET_VRING_KICK u64=0x0
        10:00:00.000008 -> SET_VRING_ENABLE flags=0x1 size=8
              payload SET_VRING_ENABLE idx=0 num=1
        10:00:01.000000 -> GET_VRING_BASE flags=0x1 size=8
              payload GET_VRING_BASE idx=0 num=0

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Messages_are_told_with_the_registers_that_they_stand_for()
    {
        var imported = Imported.Of(new VhostTextImporter(), Conversation);

        Assert.Equal([1UL, 37, 2, 8, 9, 12, 18, 11], imported.Of(EventKind.MessageReceived).Select(record => record.Value!.Value));
        Assert.Equal(36_000_000_002_000, Assert.Single(imported.Of(EventKind.MessageSent)).Time);
        Assert.Equal(
            [
                (RegisterName.DriverFeature, 0x200UL, null), (RegisterName.DriverFeature, 1UL, null), (RegisterName.QueueSize, 128UL, null),
                (RegisterName.QueueDesc, 0x7f0000001000UL, AddressSpace.FrontEnd), (RegisterName.QueueDriver, 0x7f0000002000UL, AddressSpace.FrontEnd),
                (RegisterName.QueueDevice, 0x7f0000003000UL, AddressSpace.FrontEnd), (RegisterName.QueueEnable, 1UL, null), (RegisterName.QueueEnable, 0UL, (AddressSpace?)null),
            ],
            imported.Of(EventKind.RegisterWrite).Select(record => (record.RegisterName!.Value, record.Value!.Value, record.TargetSpace)));
        Assert.Contains(imported.Events, entry => entry.Note?.StartsWith("1 lines gave no event: what stands below is not what the message before carries", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Rings_are_judged_where_they_lie_on_the_bus()
    {
        var inside = JudgedRun.Of(await ImportedFile.Import(folder, Conversation, "--confine", "0x1000:0x10000"));
        Assert.Empty(inside.With("violated"));
        Assert.Equal(3UL, inside.Rules["SWIOTLB-003a"].Held);

        var outside = JudgedRun.Of(await ImportedFile.Import(folder, Conversation, "--confine", "0x2000:0x10000")).Rules["SWIOTLB-003a"];
        Assert.Equal((1UL, 2UL), (outside.Violated, outside.Held));
    }

    [Fact]
    public void Mutated_conversations_do_no_harm()
        => Mutation.Run(Encoding.ASCII.GetBytes(Conversation), bytes => ImportedFile.AssertHarmless(new VhostTextFormat(), bytes));
}
