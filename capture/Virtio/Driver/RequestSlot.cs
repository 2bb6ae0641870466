using System.Buffers.Binary;
using Tracing.Schemas;
using Tracing.Virtio.Block;

namespace Tracing.Virtio.Driver;

/// <summary>
/// Room for one request in flight. The driver's own buffer is one piece of system memory, header, data and status byte one
/// behind the other, then room for an indirect table that lies in system memory.
/// </summary>
internal sealed class RequestSlot
{
    public const int MaxBuffers = 3;

    private readonly ulong start;
    private readonly int largestRequest;

    public RequestSlot(ulong start, int largestRequest)
    {
        this.start = start;
        this.largestRequest = largestRequest;
    }

    public static ulong BytesFor(int largestRequest, int tableBytes) => (ulong)(TableOffset(largestRequest) + tableBytes);

    public BlockRequest Request { get; set; }

    public ulong Number { get; set; }

    public ushort Head { get; set; }

    public int Descriptors { get; set; }

    public ushort[] Slots { get; } = new ushort[32];

    /// <summary>The request's buffers, in chain order.</summary>
    public Mapping[] Buffers { get; } = new Mapping[MaxBuffers];

    public int BufferCount { get; private set; }

    /// <summary>Whether no piece of the chain lies outside the region.</summary>
    public bool InRegion { get; set; }

    public bool UsesTable { get; set; }

    private Mapping table;

    public ref Mapping Table => ref table;

    public ulong HeaderAddress => start;

    public ulong DataAddress => start + BlkLayout.HeaderBytes;

    public ulong StatusAddress => DataAddress + (ulong)Request.Length;

    public ulong TableAddress => start + (ulong)TableOffset(largestRequest);

    /// <summary>Bytes that the device may write.</summary>
    public uint WritableBytes => 1 + (Request.DataIsWritable ? (uint)Request.Length : 0);

    /// <summary>
    /// The request as buffers. A ring that is too small for three gets two, with the data beside the header or the status:
    /// framing is the driver's choice (virtio 1.3 §2.7.4).
    /// </summary>
    public static int BuffersOf(in BlockRequest request, int queueSize)
        => request.Length == 0 || queueSize < MaxBuffers ? 2 : MaxBuffers;

    public (ulong Address, uint Length, Direction Direction) BufferAt(int index, int count)
    {
        var data = (uint)Request.Length;
        if (count == MaxBuffers)
        {
            return index switch
            {
                0 => (HeaderAddress, BlkLayout.HeaderBytes, Direction.ToDevice),
                1 => (DataAddress, data, Request.DataIsWritable ? Direction.FromDevice : Direction.ToDevice),
                _ => (StatusAddress, 1, Direction.FromDevice),
            };
        }

        var before = Request.DataIsWritable ? 0 : data;
        return index == 0
            ? (HeaderAddress, BlkLayout.HeaderBytes + before, Direction.ToDevice)
            : (HeaderAddress + BlkLayout.HeaderBytes + before, data - before + 1, Direction.FromDevice);
    }

    /// <summary>Writes the driver's own buffer: private still, so that nothing is recorded.</summary>
    public void Fill(DriverMemory memory)
    {
        var bytes = memory.Scratch(BlkLayout.HeaderBytes + Request.Length + 1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Request.Type);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Request.Sector);
        var data = bytes.Slice(BlkLayout.HeaderBytes, Request.Length);
        if (Request.Type == BlkRequestType.Out) BlockPattern.Fill(Request.Key ?? 0, Request.Sector, data);
        else data.Fill(0xee); // So that data that never arrived is not taken for an earlier request's.
        bytes[^1] = BlockRequest.StatusPending;
        memory.Write(start, bytes);
    }

    /// <summary>The status byte in the driver's own buffer, and whether read data is what was written.</summary>
    public (byte Status, bool Verified) Examine(DriverMemory memory, byte[] expected)
    {
        var bytes = memory.Scratch(Request.Length + 1);
        memory.Read(DataAddress, bytes);
        var status = bytes[^1];
        if (Request.Type != BlkRequestType.In || Request.Key is not { } key) return (status, true);
        var pattern = expected.AsSpan(0, Request.Length);
        BlockPattern.Fill(key, Request.Sector, pattern);
        return (status, bytes[..^1].SequenceEqual(pattern));
    }

    public void SetBuffers(int count) => BufferCount = count;

    private static int TableOffset(int largestRequest) => (BlkLayout.HeaderBytes + largestRequest + 1 + 15) & ~15;
}
