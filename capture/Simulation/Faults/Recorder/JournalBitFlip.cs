using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Simulation.Faults.Recorder;

/// <summary>
/// A segment that was closed has a checksum over all its records, and is lost as a whole. What was lost is unknown: it
/// must show as a loss, and never as a violation.
/// </summary>
internal sealed class JournalBitFlip : Fault
{
    private const string Record = "record";

    /// <summary>Of the smallest segment, less its header. The driver makes more records than that before DRIVER_OK.</summary>
    private const int SurelyThere = (JournalFormat.MinSegmentBytes / EventRecord.SizeInBytes) - 2;

    public override string Name => "journal-bit-flip";

    public override FaultSide Side => FaultSide.Recorder;

    public override string Description => "One bit in the first segment of the driver's journal is flipped before sealing.";

    public override IReadOnlyList<Parameter> Parameters { get; } =
    [
        new NumberParameter(Record, "the record of the segment whose bit is flipped, counted from 0", 100, 0, SurelyThere),
    ];

    public override void DamageJournals(string folder, Arguments arguments)
    {
        var path = Path.Combine(folder, "driver" + JournalFormat.Extension);
        int segment;
        using (var journal = JournalReader.Open(path)) segment = journal.Header.Bytes;
        // A segment's own header takes the place of one record.
        var place = segment + ((arguments.Number(Record) + 1) * EventRecord.SizeInBytes) + (EventRecord.SizeInBytes / 2);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        Span<byte> bytes = stackalloc byte[1];
        RandomAccess.Read(file, bytes, place);
        bytes[0] ^= 1;
        RandomAccess.Write(file, bytes, place);
    }
}
