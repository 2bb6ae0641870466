using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.Observed;

/// <summary>A register access that was seen, decoded.</summary>
/// <param name="Access">Which register, and where it lies.</param>
/// <param name="IsDoorbell">Whether a write there is an available buffer notification.</param>
internal readonly record struct ObservedRegister(RegisterAccess Access, bool IsDoorbell = false);
