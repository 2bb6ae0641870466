#pragma warning disable CS1591 // Each column is described by its definition in Columns.cs, from which the reference is generated.
namespace Tracing.Schemas;

/// <summary>
/// A column of the event table, in the order in which the Parquet file has them. A column's stored name is its member
/// name in snake case; <see cref="Columns"/> holds type, meaning and place in the record.
/// </summary>
public enum Column : byte
{
    Sequence,
    Source,
    SourceSequence,
    TimeNs,
    Actor,
    Thread,
    Device,
    Queue,
    Event,
    Part,
    AddressSpace,
    Address,
    Length,
    Value,
    Slot,
    Head,
    TargetSpace,
    Target,
    Size,
    Flags,
    NextSlot,
    RegisterName,
    RegisterOffset,
    Width,
    FeatureWord,
    Ordering,
    OrderingDomain,
    SyncId,
    MappingId,
    Direction,
    RegionId,
    RegionAttribute,
    RegionOrigin,
    RegionShared,
    Digest,
    Note,
}
