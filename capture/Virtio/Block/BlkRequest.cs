namespace Tracing.Virtio.Block;

/// <summary>Type of a block request (virtio 1.3 §5.2.6).</summary>
public enum BlkRequestType : uint
{
    /// <summary>VIRTIO_BLK_T_IN: read sectors.</summary>
    In = 0,

    /// <summary>VIRTIO_BLK_T_OUT: write sectors.</summary>
    Out = 1,

    /// <summary>VIRTIO_BLK_T_FLUSH.</summary>
    Flush = 4,

    /// <summary>VIRTIO_BLK_T_GET_ID: 20 bytes of serial number.</summary>
    GetId = 8,
}

/// <summary>The last byte of a block request, written by the device.</summary>
public enum BlkStatus : byte
{
    /// <summary>VIRTIO_BLK_S_OK.</summary>
    Ok = 0,

    /// <summary>VIRTIO_BLK_S_IOERR.</summary>
    IoError = 1,

    /// <summary>VIRTIO_BLK_S_UNSUPP.</summary>
    Unsupported = 2,
}

/// <summary>Sizes and offsets of struct virtio_blk_req and virtio_blk_config (virtio 1.3 §5.2.4, §5.2.6).</summary>
public static class BlkLayout
{
    /// <summary>Virtio device type of a block device.</summary>
    public const ushort DeviceType = 2;

    /// <summary>Request header: le32 type + le32 reserved + le64 sector.</summary>
    public const int HeaderBytes = 4 + 4 + 8;

    /// <summary>Status: one byte.</summary>
    public const int StatusBytes = 1;

    /// <summary>Bytes of a sector, the unit of sector numbers and capacity.</summary>
    public const int SectorBytes = 512;

    /// <summary>Bytes that GET_ID returns.</summary>
    public const int IdBytes = 20;

    /// <summary>Configuration: capacity in sectors, le64.</summary>
    public const int ConfigCapacity = 0;

    /// <summary>Configuration: seg_max, le32 (VIRTIO_BLK_F_SEG_MAX).</summary>
    public const int ConfigSegMax = 12;

    /// <summary>Configuration: num_queues, le16 (VIRTIO_BLK_F_MQ).</summary>
    public const int ConfigNumQueues = 34;

    /// <summary>Offset of writeback in the device configuration: 1 = the device keeps a cache.</summary>
    public const int ConfigWriteback = 32;

    /// <summary>Bytes of the configuration that this project knows: up to write_zeroes_may_unmap and its padding.</summary>
    public const int ConfigBytes = 60;
}
