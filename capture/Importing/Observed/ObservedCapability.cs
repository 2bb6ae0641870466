using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.Observed;

/// <summary>A virtio structure capability (virtio 1.3 §4.1.4) as far as somebody read it.</summary>
/// <param name="Place">Where it stands in configuration space.</param>
/// <param name="Type">cfg_type.</param>
/// <param name="Bar">The BAR in which the structure lies; null if nobody read it.</param>
/// <param name="Offset">Where in that BAR; null likewise.</param>
/// <param name="Length">The structure's length in bytes; null likewise.</param>
internal sealed record ObservedCapability(int Place, CapabilityType Type, byte? Bar, uint? Offset, uint? Length);
