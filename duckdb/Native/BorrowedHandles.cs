using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>Keeps an array of handles alive while native code reads their pointers.</summary>
internal sealed class BorrowedHandles : IDisposable
{
    private readonly SafeHandle[] handles;
    private int taken;

    public BorrowedHandles(SafeHandle[] handles, int count)
    {
        this.handles = handles;
        Pointers = new IntPtr[count];
        try
        {
            while (taken < count)
            {
                var added = false;
                handles[taken].DangerousAddRef(ref added);
                Pointers[taken] = handles[taken].DangerousGetHandle();
                taken++;
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The native pointers, in the order of the handles.</summary>
    public IntPtr[] Pointers { get; }

    public void Dispose()
    {
        while (taken > 0)
        {
            taken--;
            handles[taken].DangerousRelease();
        }
    }
}
