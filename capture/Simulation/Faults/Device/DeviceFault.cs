namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>A fault of the device.</summary>
internal abstract class DeviceFault : Fault
{
    public sealed override FaultSide Side => FaultSide.Device;
}
