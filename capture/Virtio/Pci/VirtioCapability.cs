namespace Tracing.Virtio.Pci;

/// <summary>A virtio structure capability.</summary>
/// <param name="Type">cfg_type.</param>
/// <param name="Bar">The BAR in which the structure lies.</param>
/// <param name="Offset">Its offset there.</param>
/// <param name="Length">Its length.</param>
/// <param name="Extra">The 32-bit field behind the common part, where the type has one: notify_off_multiplier.</param>
/// <param name="Instance">Distinguishes capabilities of one type.</param>
public sealed record VirtioCapability(
    CapabilityType Type, byte Bar, uint Offset, uint Length, uint? Extra = null, byte Instance = 0);
