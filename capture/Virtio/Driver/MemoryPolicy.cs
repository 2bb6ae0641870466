using Tracing.Schemas;

namespace Tracing.Virtio.Driver;

/// <summary>A window of bus addresses.</summary>
/// <param name="Start">First address.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct Window(ulong Start, ulong Length)
{
    /// <summary>Whether the whole range lies inside. Does not overflow.</summary>
    public bool Contains(ulong address, ulong length)
        => address >= Start && length <= Length && address - Start <= Length - length;
}

/// <summary>Decides where queue areas, indirect tables and payload live.</summary>
public abstract class MemoryPolicy
{
    /// <summary>Everything in the device's SWIOTLB region: what VIRTIO_F_SWIOTLB demands.</summary>
    public static MemoryPolicy Region { get; } = new RegionPolicy();

    /// <summary>Everything in system memory, payload in place.</summary>
    public static MemoryPolicy System { get; } = new SystemPolicy();

    /// <summary>
    /// The hint: of the payload and the tables about <paramref name="percent"/> per cent go through the region, the rest,
    /// and what finds no room there, stays in system memory.
    /// </summary>
    /// <param name="percent">0 to 100.</param>
    /// <param name="ringAreasInRegion">Which of the three queue areas lie in the region.</param>
    public static MemoryPolicy Mixed(int percent = 50, params Part[] ringAreasInRegion)
        => new MixedPolicy(percent, ringAreasInRegion, window: null);

    /// <summary>The same with a window that somebody declared in place of the region.</summary>
    public static MemoryPolicy MixedWith(Window window, int percent = 50, params Part[] ringAreasInWindow)
        => new MixedPolicy(percent, ringAreasInWindow, window);

    /// <summary>A stock driver's bounce pool in a window of system memory that somebody declared.</summary>
    public static MemoryPolicy Declared(Window window) => new DeclaredPolicy(window);

    /// <summary>The same, but the last bytes of the pool are left to something else, such as words that interrupt messages are aimed at.</summary>
    public MemoryPolicy LeavingFree(ulong bytesAtEnd) => new ShortenedPolicy(this, bytesAtEnd);

    /// <summary>Whether the pool is the device's own region, to which the exemption from ORDER_PLATFORM applies.</summary>
    public virtual bool PoolIsRegion => true;

    /// <summary>Whether what finds no room in the pool may lie in system memory instead.</summary>
    public virtual bool FallsBack => false;

    /// <summary>Whether the driver cannot work without a pool.</summary>
    public virtual bool NeedsPool => true;

    /// <summary>The pool, given the device's region.</summary>
    public virtual Window? PoolOf(Window? region) => region;

    /// <summary>Where memory for <paramref name="use"/> comes from.</summary>
    public abstract Place PlaceOf(in MemoryUse use);

    private sealed class RegionPolicy : MemoryPolicy
    {
        public override Place PlaceOf(in MemoryUse use) => Place.Pool;
    }

    private sealed class SystemPolicy : MemoryPolicy
    {
        public override bool NeedsPool => false;

        public override Window? PoolOf(Window? region) => null;

        public override Place PlaceOf(in MemoryUse use) => Place.System;
    }

    private sealed class MixedPolicy(int percent, Part[] areas, Window? window) : MemoryPolicy
    {
        public override bool PoolIsRegion => window is null;

        public override bool FallsBack => true;

        public override Window? PoolOf(Window? region) => window ?? region;

        public override Place PlaceOf(in MemoryUse use)
        {
            if (use.Part is Part.DescriptorArea or Part.DriverArea or Part.DeviceArea)
                return Array.IndexOf(areas, use.Part) >= 0 ? Place.Pool : Place.System;
            // A fixed spread over requests and buffers: the same run places the same way, and all mixes occur.
            var spread = unchecked(((use.Request * 4 + (uint)use.Index) * 0x9e37_79b9_7f4a_7c15) >> 32) % 100;
            return spread < (ulong)percent ? Place.Pool : Place.System;
        }
    }

    private sealed class DeclaredPolicy(Window window) : MemoryPolicy
    {
        public override bool PoolIsRegion => false;

        public override Window? PoolOf(Window? region) => window;

        public override Place PlaceOf(in MemoryUse use) => Place.Pool;
    }

    private sealed class ShortenedPolicy(MemoryPolicy inner, ulong bytesAtEnd) : MemoryPolicy
    {
        public override bool PoolIsRegion => inner.PoolIsRegion;

        public override bool FallsBack => inner.FallsBack;

        public override bool NeedsPool => inner.NeedsPool;

        public override Window? PoolOf(Window? region)
            => inner.PoolOf(region) is { } pool && pool.Length > bytesAtEnd ? pool with { Length = pool.Length - bytesAtEnd } : null;

        public override Place PlaceOf(in MemoryUse use) => inner.PlaceOf(use);
    }
}
