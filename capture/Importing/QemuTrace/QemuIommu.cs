using Tracing.Capture.Importing.Observed;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>
/// QEMU's VT-d. For each access of a device it prints a line with the exact address, a hit or an update of its cache, and
/// behind it one with the page's translation, which says where on the bus the access went: so the first waits for the second.
/// </summary>
internal sealed class QemuIommu(QemuFunctions functions, ObservationRecorder recorder)
{
    private ObservedFunction? waiting;
    private ulong waitingFor;
    private long waitingSince;

    /// <summary>An access that the IOMMU let pass.</summary>
    public bool Accessed(ulong place, ulong address)
    {
        Settle();
        if (functions.Bus.At(place) is not { } function) return false;
        (waiting, waitingFor, waitingSince) = (function, address, recorder.Time);
        return true;
    }

    /// <summary>An access that it let pass untranslated: the bus address is the device's own.</summary>
    public bool PassedThrough(ulong place, ulong address)
    {
        Settle();
        if (functions.Bus.At(place) is not { } function) return false;
        recorder.Accessed(function, recorder.Time, address, address);
        return true;
    }

    /// <summary>A page's translation.</summary>
    /// <param name="place">The function.</param>
    /// <param name="address">The page's first I/O virtual address.</param>
    /// <param name="target">Its bus address.</param>
    /// <param name="mask">The bits of an address that stay as they are.</param>
    public bool Translated(ushort place, ulong address, ulong target, ulong mask)
    {
        if (functions.Bus.At(place) is not { } function)
        {
            Settle();
            return false;
        }

        if (waiting == function && (waitingFor & ~mask) == (address & ~mask))
        {
            recorder.Accessed(function, waitingSince, waitingFor, (target & ~mask) | (waitingFor & mask));
            waiting = null;
        }

        Settle();
        recorder.Translated(function, address, target, mask < ulong.MaxValue ? mask + 1 : null);
        return true;
    }

    /// <summary>An access that it refused.</summary>
    public bool Faulted(ulong place, ulong fault, ulong address, bool isWrite)
    {
        Settle();
        if (functions.Bus.At(place) is not { } function) return false;
        recorder.Faulted(function, fault, address, isWrite);
        return true;
    }

    /// <summary>No translation followed: where on the bus the access went is not known.</summary>
    public void Settle()
    {
        if (waiting is { } function) recorder.Accessed(function, waitingSince, waitingFor, target: null);
        waiting = null;
    }
}
