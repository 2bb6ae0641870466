namespace Tracing.Schemas;

/// <summary>Which way a mapping or a bounce copy moves data.</summary>
public enum Direction : byte
{
    /// <summary>The driver's data for the device: bounce copies go into the region.</summary>
    ToDevice = 1,

    /// <summary>The device's data for the driver: bounce copies come out of the region.</summary>
    FromDevice,

    /// <summary>Both, as for ring memory.</summary>
    Bidirectional,
}
