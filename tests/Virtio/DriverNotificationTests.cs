using Tracing.Virtio.Driver;
using Tracing.Virtio.Virtqueue;
using Xunit;

namespace Tracing.Tests.Virtio;

public sealed class DriverNotificationTests
{
    [Fact]
    public void The_doorbell_is_due_exactly_when_the_asked_for_entry_was_published()
    {
        // Every start near the wrap, every batch up to 20, every asked-for entry around it.
        ushort[] starts = [0, 1, 100, 32767, 32768, 65520, 65534, 65535];
        foreach (var start in starts)
        {
            for (var batch = 0; batch <= 20; batch++)
            {
                var old = new RingIndex(start);
                for (var distance = -30; distance <= 30; distance++)
                {
                    var asked = old.Plus(distance);
                    var published = distance >= 0 && distance < batch;
                    Assert.Equal(published, Notification.IsDueByEvent(asked.Value, old, old.Plus(batch)));
                }
            }
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Without_event_index_only_bit_0_of_the_flags_counts(int flags, bool due)
        => Assert.Equal(due, Notification.IsDueByFlags((ushort)flags));
}
