using Tracing.Schemas;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>A function that was entered: what its arguments said, for when it returns.</summary>
internal sealed class FtraceOpenCall(FtraceCall call)
{
    /// <summary>Which function.</summary>
    public FtraceCall Call => call;

    /// <summary>The kernel's object for a device's registers.</summary>
    public ulong? Registers { get; set; }

    /// <summary>The kernel's object for a virtio device.</summary>
    public ulong? VirtioDevice { get; set; }

    /// <summary>The kernel's object for a queue.</summary>
    public ulong? QueueObject { get; set; }

    /// <summary>A queue's number.</summary>
    public ushort? Queue { get; set; }

    /// <summary>The name of the device that memory is mapped for.</summary>
    public string? DmaName { get; set; }

    /// <summary>Bytes.</summary>
    public ulong? Length { get; set; }

    /// <summary>Which way data moves.</summary>
    public Direction? Direction { get; set; }

    /// <summary>The original buffer's processor address.</summary>
    public ulong? Original { get; set; }

    /// <summary>The mapping is made for a buffer of a chain, as the call around it says.</summary>
    public bool IsBuffer { get; set; }

    /// <summary>What it does was told by another line already.</summary>
    public bool IsTold { get; set; }
}
