using Tracing.Schemas;

namespace Tracing.Virtio.Driver;

/// <summary>Where memory for the device comes from.</summary>
public enum Place : byte
{
    /// <summary>The driver's pool: the SWIOTLB region, or a declared window.</summary>
    Pool,

    /// <summary>System memory itself.</summary>
    System,
}

/// <summary>What memory is wanted for.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Part">A queue area, an indirect table or payload.</param>
/// <param name="Request">The request's number in its queue, from 0; 0 for a queue area.</param>
/// <param name="Index">Which of the request's buffers, from 0.</param>
/// <param name="InTable">Whether the request's descriptors will lie in an indirect table.</param>
public readonly record struct MemoryUse(ushort Queue, Part Part, ulong Request = 0, int Index = 0, bool InTable = false);

/// <summary>Memory that the device may use, from map to unmap.</summary>
internal record struct Mapping
{
    /// <summary>Its name in the run.</summary>
    public uint Id { get; set; }

    /// <summary>What it holds.</summary>
    public Part Part { get; set; }

    /// <summary>Which way data moves.</summary>
    public Direction Direction { get; set; }

    /// <summary>Where it came from.</summary>
    public Place Place { get; set; }

    /// <summary>The bus address that the device gets.</summary>
    public ulong Address { get; set; }

    /// <summary>Bytes asked for; the slots behind them may hold more.</summary>
    public uint Length { get; set; }

    /// <summary>The driver's own buffer, where there is one.</summary>
    public ulong? Original { get; set; }

    /// <summary>What the allocator gave, where <see cref="Place"/> is the pool.</summary>
    public ulong Allocated { get; set; }

    /// <summary>Whether it is mapped.</summary>
    public bool IsLive { get; set; }

    /// <summary>Whether data is copied between the mapping and its original.</summary>
    public readonly bool Bounces => Place == Place.Pool && Original is not null;
}
