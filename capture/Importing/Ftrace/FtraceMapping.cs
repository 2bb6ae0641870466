using Tracing.Schemas;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>A mapping that lasts.</summary>
/// <param name="Id">Its name in the run.</param>
/// <param name="DmaName">What the kernel calls the device, null if no line said so.</param>
/// <param name="Length">Bytes, null if no line said so.</param>
/// <param name="Device">The device, null if it is not known.</param>
/// <param name="Queue">The queue, null if it is not known.</param>
/// <param name="Part">What was mapped.</param>
internal sealed record FtraceMapping(uint Id, string? DmaName, ulong? Length, FtraceDevice? Device, ushort? Queue, Part Part);
