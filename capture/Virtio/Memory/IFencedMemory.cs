namespace Tracing.Virtio.Memory;

/// <summary>
/// Memory that wants to hear of fences: a memory model that holds stores back. Machines tell it of each barrier that they
/// perform and of the ordering of each doorbell and interrupt; other memory needs no such call.
/// </summary>
public interface IFencedMemory : IBusMemory
{
    /// <summary>This side's barrier takes effect.</summary>
    void Fence(BarrierKind kind);
}
