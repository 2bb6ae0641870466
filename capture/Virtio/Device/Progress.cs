namespace Tracing.Virtio.Device;

/// <summary>Where a piece of work that is done step by step stands.</summary>
internal enum Progress
{
    /// <summary>There is another step.</summary>
    More,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It cannot be done; the device said why.</summary>
    Failed,
}
