namespace Tracing.Peers.PciProxy;

/// <summary>
/// What QEMU's <c>x-pci-proxy-dev</c> asks of the process that is its function (QEMU 7.2, docs/devel/multi-process.rst and
/// hw/remote). Numbers are the protocol's.
/// </summary>
public enum ProxyCommand
{
    /// <summary>Guest memory as it is from now on: up to 8 ranges, a descriptor each. No answer.</summary>
    SyncSystemMemory = 0,

    /// <summary>The answer to all others: 8 bytes of value.</summary>
    Return = 1,

    /// <summary>Write configuration space: offset, value, width.</summary>
    ConfigWrite = 2,

    /// <summary>Read configuration space.</summary>
    ConfigRead = 3,

    /// <summary>Write through a BAR: absolute bus address, value, width, memory or I/O.</summary>
    BarWrite = 4,

    /// <summary>Read through a BAR.</summary>
    BarRead = 5,

    /// <summary>The eventfds of the interrupt pin and of its resampling. No answer.</summary>
    SetInterruptDescriptors = 6,

    /// <summary>Reset the function.</summary>
    Reset = 7,
}
