namespace Tracing.Virtio.Device;

/// <summary>One buffer of a chain.</summary>
/// <param name="Address">First byte.</param>
/// <param name="Length">Bytes, at least one.</param>
/// <param name="IsWritable">Whether the device writes it.</param>
public readonly record struct ChainSegment(ulong Address, uint Length, bool IsWritable);
