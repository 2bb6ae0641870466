using Tracing.Capture.Cli;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Live;

/// <summary>QEMU's log of our driver's conversation, imported, says what the driver recorded itself.</summary>
public sealed class QtestLogTests : IDisposable
{
    /// <summary>Registers in the device's BAR, and the rings. The driver knows besides what the log cannot: tables, payload, barriers.</summary>
    private const string InCommon = """
        select concat_ws(' ', event, register_name, feature_word, queue, part, slot, address_space, printf('0x%x', address), length, width, value,
            printf('0x%x', target), size, flags, next_slot)
        from 'RUN'
        where actor = 'driver'
          and (event in ('register_read', 'register_write', 'doorbell') and address_space = 'bar' and coalesce(register_name, 'queue_notify') <> 'msix_table'
               or event in ('load', 'store') and part in ('descriptor', 'available_flags', 'available_index', 'available_entry', 'used_event', 'used_flags',
                   'used_index', 'used_entry', 'available_event'))
        order by sequence
        """;

    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task An_imported_log_and_the_drivers_own_recording_agree_event_by_event()
    {
        var (qtest, log, own, imported) = (machine.PathOf("qt"), machine.PathOf("qtest.log"), machine.PathOf("own.parquet"), machine.PathOf("imported.parquet"));
        using (machine.Parked(
            qtest, 128,
            "-object", "memory-backend-file,id=ram,size=128M,share=on,mem-path=" + machine.SharedFile("ram"),
            "-object", "memory-backend-memfd,id=window,size=4M,share=on", "-device", "ivshmem-plain,memdev=window",
            "-drive", $"if=none,id=disk,file={machine.Image()},format=raw", "-device", "virtio-blk-pci,drive=disk,disable-legacy=on,iommu_platform=on",
            "-qtest-log", log))
        {
            using var driver = machine.Capture(["drive", "qtest", "--socket", qtest, "--memory", "bar", "--requests", "30", "-o", own]);
            Assert.True(driver.AwaitEnd(Machine.GuestLimit) == 0, driver.Said);
        }

        var import = await CaptureCommand.Run("import", log, "-o", imported);
        Assert.True(import.Exit == ExitCode.Success, import.Error);

        var recorded = ParquetRows.Query(InCommon.Replace("RUN", own, StringComparison.Ordinal));
        Assert.InRange(recorded.Count, 300, int.MaxValue);
        Assert.Equal(recorded, ParquetRows.Query(InCommon.Replace("RUN", imported, StringComparison.Ordinal)));
    }
}
