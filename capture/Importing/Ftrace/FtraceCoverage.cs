namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// What a trace can be taken to show. Whoever traces chooses the probes one by one, and what was not probed looks like what did
/// not happen: registers count as seen only if nothing is missing that must have happened in between.
/// </summary>
internal sealed class FtraceCoverage
{
    private const ulong FeaturesOk = 8;
    private const ulong DriverOk = 4;

    private readonly HashSet<FtraceCall> told = [];
    private ulong statusWritten;

    /// <summary>All that can be seen.</summary>
    public static IReadOnlyList<string> Everything { get; } = Sorted(
        "driver.doorbell", "driver.map", "driver.register_read", "driver.register_write", "driver.unmap");

    /// <summary>What can be seen in this trace.</summary>
    public IReadOnlyList<string> Sees
    {
        get
        {
            var sees = new List<string>();
            if (told.Contains(FtraceCall.WriteDoorbell) || told.Contains(FtraceCall.Notify)) sees.Add("driver.doorbell");
            if (told.Contains(FtraceCall.MapDma)) sees.Add("driver.map");
            if (told.Contains(FtraceCall.UnmapDma)) sees.Add("driver.unmap");
            if (SeesReads()) sees.Add("driver.register_read");
            if (SeesWrites()) sees.Add("driver.register_write");
            return Sorted([.. sees]);
        }
    }

    /// <summary>A line told of this.</summary>
    public void Told(FtraceCall call) => told.Add(call);

    /// <summary>Whether a line told of this.</summary>
    public bool HasTold(FtraceCall call) => told.Contains(call);

    /// <summary>Device status was written.</summary>
    public void StatusWritten(ulong value) => statusWritten |= value;

    /// <summary>Linux reads device status around every step, and the offered features before FEATURES_OK.</summary>
    private bool SeesReads()
        => told.Contains(FtraceCall.GetStatus) && ((statusWritten & FeaturesOk) == 0 || told.Contains(FtraceCall.GetFeatures));

    /// <summary>Linux writes features before FEATURES_OK, and sizes, places and enables queues before DRIVER_OK.</summary>
    private bool SeesWrites()
        => told.Contains(FtraceCall.SetStatus)
            && ((statusWritten & FeaturesOk) == 0 || told.Contains(FtraceCall.SetFeatures))
            && ((statusWritten & DriverOk) == 0 || (told.Contains(FtraceCall.SetQueueSize)
                && told.Contains(FtraceCall.SetQueueAddress) && told.Contains(FtraceCall.SetQueueEnable)));

    private static IReadOnlyList<string> Sorted(params string[] names) => [.. names.Order(StringComparer.Ordinal)];
}
