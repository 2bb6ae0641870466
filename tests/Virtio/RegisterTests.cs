using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Block;
using Tracing.Virtio.Device;
using Tracing.Virtio.Pci;
using Xunit;

namespace Tracing.Tests.Virtio;

/// <summary>The common configuration structure and the status machine (virtio 1.3 §2.1, §4.1.4.3).</summary>
public sealed class RegisterTests
{
    private static readonly FeatureSet modern = FeatureSet.Of(FeatureBit.Version1, FeatureBit.Swiotlb);

    private readonly DeviceRig rig = new(new DeviceOptions { Queues = 3, Vectors = 4 });

    [Fact]
    public void Every_feature_word_is_shown_and_those_that_do_not_exist_are_zero()
    {
        foreach (var word in new uint[] { 0, 1, 2, 3, 4, 5, 0x8000_0000, uint.MaxValue })
        {
            rig.Common(CommonConfig.DeviceFeatureSelect, 4, word);
            Assert.Equal(word, rig.Common(CommonConfig.DeviceFeatureSelect, 4));
            Assert.Equal(rig.Device.Offered.Word(word), (uint)rig.Common(CommonConfig.DeviceFeature, 4));
        }

        var words = rig.Sink.Of(EventKind.RegisterRead).Where(read => read.RegisterName == RegisterName.DeviceFeature);
        Assert.Equal([0, 1, 2, 3, 4, 5, null, null], words.Select(read => (int?)read.FeatureWord));
    }

    [Fact]
    public void Driver_features_read_back_and_stay_after_FEATURES_OK()
    {
        rig.Negotiate(modern);
        Assert.Equal(modern, rig.Device.Accepted);
        rig.Common(CommonConfig.DriverFeatureSelect, 4, 0);
        rig.Common(CommonConfig.DriverFeature, 4, uint.MaxValue);
        Assert.Equal(modern.Word(0), (uint)rig.Common(CommonConfig.DriverFeature, 4));
    }

    [Theory]
    [InlineData(SwiotlbPolicy.OfferOnly, true, true, false)]
    [InlineData(SwiotlbPolicy.OfferOnly, false, true, false)]
    [InlineData(SwiotlbPolicy.Require, true, true, false)]
    [InlineData(SwiotlbPolicy.Require, false, false, false)]
    [InlineData(SwiotlbPolicy.Fallback, true, true, false)]
    [InlineData(SwiotlbPolicy.Fallback, false, true, true)]
    public void Declining_SWIOTLB_meets_the_policy(SwiotlbPolicy policy, bool accepts, bool isOk, bool isDropped)
    {
        var bench = new DeviceRig(new DeviceOptions { Policy = policy });
        var (dropped, settled) = (0, 0);
        bench.Device.ProtectionDropped = () => dropped++;
        bench.Device.FeaturesSettled = _ => settled++;
        bench.Negotiate(accepts ? modern : FeatureSet.Of(FeatureBit.Version1));
        Assert.Equal(isOk, (bench.Status & DeviceStatus.FeaturesOk) != 0);
        Assert.Equal(isDropped ? 1 : 0, dropped);
        Assert.Equal(isOk ? 1 : 0, settled);
    }

    [Theory]
    [InlineData(27)]
    [InlineData(32, 50)]
    [InlineData(32, 34)]
    [InlineData(32, 100)]
    public void A_set_that_the_device_cannot_support_is_refused(params int[] bits)
    {
        var set = default(FeatureSet);
        foreach (var bit in bits) set = set.With(bit);
        rig.Negotiate(set);
        Assert.Equal(DeviceStatus.Acknowledge | DeviceStatus.Driver, rig.Status);
        rig.DriverOk();
        Assert.NotEqual(DeviceStatus.None, rig.Status & DeviceStatus.NeedsReset);
        Assert.Contains("FEATURES_OK", rig.Sink.LastNoteOf(EventKind.DeviceError), StringComparison.Ordinal);
    }

    [Fact]
    public void Queues_that_do_not_exist_read_as_zero_and_ignore_writes()
    {
        Assert.Equal(3UL, rig.Common(CommonConfig.NumQueues, 2));
        foreach (var queue in new ushort[] { 3, 64, 0xffff })
        {
            rig.Common(CommonConfig.QueueSelect, 2, queue);
            foreach (var offset in new[] { CommonConfig.QueueSize, CommonConfig.QueueEnable, CommonConfig.QueueNotifyOff })
            {
                rig.Common(offset, 2, 1);
                Assert.Equal(0UL, rig.Common(offset, 2));
            }
        }

        Assert.Equal(3UL, rig.Common(CommonConfig.AdminQueueIndex, 2));
        Assert.Equal(0UL, rig.Common(CommonConfig.AdminQueueNum, 2));
    }

    [Fact]
    public void Vectors_beyond_the_table_are_answered_with_none()
    {
        foreach (var (asked, answer) in new (ushort, ushort)[] { (0, 0), (3, 3), (4, 0xffff), (0xffff, 0xffff) })
        {
            rig.Common(CommonConfig.ConfigMsixVector, 2, asked);
            Assert.Equal(answer, rig.Common(CommonConfig.ConfigMsixVector, 2));
            rig.Common(CommonConfig.QueueMsixVector, 2, asked);
            Assert.Equal(answer, rig.Common(CommonConfig.QueueMsixVector, 2));
        }
    }

    [Fact]
    public void Addresses_are_kept_in_halves_and_read_only_fields_stay()
    {
        rig.Common(CommonConfig.QueueDesc, 4, 0x1111_0000);
        rig.Common(CommonConfig.QueueDesc + 4, 4, 0x2222);
        Assert.Equal(0x2222_1111_0000UL, rig.Common(CommonConfig.QueueDesc, 8));
        rig.Common(CommonConfig.NumQueues, 2, 9);
        rig.Common(CommonConfig.DeviceFeature, 4, 0);
        Assert.Equal(3UL, rig.Common(CommonConfig.NumQueues, 2));
        // A read of four bytes over num_queues, status and generation; a write of that width changes nothing.
        rig.SetStatus(DeviceStatus.Acknowledge);
        Assert.Equal(0x0001_0003UL, rig.Common(CommonConfig.NumQueues, 4));
        rig.Common(CommonConfig.NumQueues, 4, 0);
        Assert.Equal(DeviceStatus.Acknowledge, rig.Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(24)]
    [InlineData(512)]
    [InlineData(0xffff)]
    public void Enabling_a_queue_of_an_illegal_size_needs_a_reset(ushort size)
    {
        rig.Negotiate(modern);
        rig.Common(CommonConfig.QueueSize, 2, size);
        rig.Common(CommonConfig.QueueDesc, 8, DeviceRig.RegionBase);
        rig.Common(CommonConfig.QueueEnable, 2, 1);
        Assert.Equal(0UL, rig.Common(CommonConfig.QueueEnable, 2));
        Assert.NotEqual(DeviceStatus.None, rig.Status & DeviceStatus.NeedsReset);
        Assert.Contains($"queue_size {size}", rig.Sink.LastNoteOf(EventKind.DeviceError), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8UL, 0UL, 0UL)]
    [InlineData(0UL, 1UL, 0UL)]
    [InlineData(0UL, 0UL, 2UL)]
    [InlineData(0xffff_ffff_ffff_fff0, 0UL, 0UL)]
    public void Enabling_a_queue_whose_areas_cannot_be_needs_a_reset(ulong descriptors, ulong driver, ulong device)
    {
        rig.Negotiate(modern);
        rig.Common(CommonConfig.QueueDesc, 8, descriptors);
        rig.Common(CommonConfig.QueueDriver, 8, driver);
        rig.Common(CommonConfig.QueueDevice, 8, device);
        rig.Common(CommonConfig.QueueEnable, 2, 1);
        Assert.NotEqual(DeviceStatus.None, rig.Status & DeviceStatus.NeedsReset);
    }

    [Fact]
    public void A_reset_is_complete_only_after_some_steps_and_then_everything_is_as_at_power_on()
    {
        rig.BringUp();
        rig.SetStatus(DeviceStatus.None);
        for (var step = 0; step < rig.Options.ResetSteps; step++)
        {
            Assert.NotEqual(DeviceStatus.None, rig.Status);
            // Until 0 is presented, a driver that goes on achieves nothing.
            rig.SetStatus(DeviceStatus.Acknowledge);
            rig.Step();
        }

        Assert.Equal(DeviceStatus.None, rig.Status);
        Assert.Equal(0UL, rig.Sink.Of(EventKind.StatusPresented).Last().Value);
        Assert.True(rig.Device.Accepted.IsEmpty);
        foreach (var offset in new[] { CommonConfig.DeviceFeatureSelect, CommonConfig.DriverFeatureSelect, CommonConfig.DriverFeature })
            Assert.Equal(0UL, rig.Common(offset, 4));
        Assert.Equal(0UL, rig.Common(CommonConfig.QueueEnable, 2));
        Assert.Equal(0UL, rig.Common(CommonConfig.QueueDesc, 8));
        Assert.Equal(rig.Options.QueueSize, rig.Common(CommonConfig.QueueSize, 2));
        Assert.Equal(CommonConfig.NoVector, rig.Common(CommonConfig.ConfigMsixVector, 2));
    }

    [Fact]
    public void Writing_zero_to_queue_enable_disables_nothing()
    {
        rig.BringUp();
        rig.Common(CommonConfig.QueueEnable, 2, 0);
        Assert.Equal(1UL, rig.Common(CommonConfig.QueueEnable, 2));
    }

    [Fact]
    public void The_configuration_shows_capacity_and_queues_and_its_generation_moves_with_it()
    {
        Assert.Equal((ulong)DeviceRig.MediumSectors, rig.Device.ReadBar(0, 0x800, 8));
        Assert.Equal(3UL, rig.Device.ReadBar(0, 0x800 + BlkLayout.ConfigNumQueues, 2));
        rig.BringUp();
        var before = rig.Common(CommonConfig.ConfigGeneration, 1);
        rig.Device.CapacityChanged();
        Assert.NotEqual(before, rig.Common(CommonConfig.ConfigGeneration, 1));
        var interrupt = rig.Sink.Of(EventKind.Interrupt).Last();
        Assert.Equal(EventRecord.None, interrupt.Queue);
        Assert.Equal((ushort)0, interrupt.Slot);
    }

    [Fact]
    public void Each_register_access_is_recorded_once_by_the_device()
    {
        rig.Sink.Events.Clear();
        rig.Common(CommonConfig.QueueSelect, 2, 2);
        rig.Common(CommonConfig.QueueSize, 2);
        var (write, read) = (rig.Sink.Events[0].Record, rig.Sink.Events[1].Record);
        Assert.Equal(2, rig.Sink.Events.Count);
        Assert.Equal((EventKind.RegisterWrite, RegisterName.QueueSelect), (write.Kind, write.RegisterName));
        Assert.Equal((EventKind.RegisterRead, RegisterName.QueueSize, (ushort)2), (read.Kind, read.RegisterName, read.Queue));
        Assert.Equal((0x18u, 0x18UL, (byte)2, 256UL), (read.RegisterOffset, read.Address, read.Width, read.Value));
        Assert.Equal(Actor.Device, read.Actor);
    }

    [Fact]
    public void Registers_of_any_offset_and_width_never_throw()
    {
        foreach (var width in new[] { 1, 2, 4, 8, 0, 3, -1, 16 })
        {
            for (var bar = -1; bar <= 6; bar++)
            {
                for (ulong offset = 0; offset < 0x4010; offset += width == 1 ? 1u : 3u)
                {
                    rig.Device.ReadBar(bar, offset, width);
                    rig.Device.WriteBar(bar, offset, width, 0xa5a5_a5a5_a5a5_a5a5);
                }

                rig.Device.ReadBar(bar, ulong.MaxValue, width);
                rig.Device.WriteBar(bar, ulong.MaxValue - 2, width, ulong.MaxValue);
            }
        }

        rig.Settle();
    }
}
