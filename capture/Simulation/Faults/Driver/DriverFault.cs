namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>A fault of the driver.</summary>
internal abstract class DriverFault : Fault
{
    public sealed override FaultSide Side => FaultSide.Driver;
}
